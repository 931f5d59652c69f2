import type { Response } from 'express';

import type { Fault } from './faults';
import type { HeldRequests } from './heldRequests';
import type { Answer } from './shapes';

/** Answers a request, or does what its fault says. */
export async function respond(
	response: Response,
	carryOut: () => Promise<Answer>,
	fault: Fault | undefined,
	held: HeldRequests,
): Promise<void> {
	if (fault === undefined || fault.does === 'delay') {
		if (fault && !fault.processed) await held.holdFor(fault.ms, response);
		const answer = await carryOut();
		if (fault?.processed) await held.holdFor(fault.ms, response);
		send(response, answer);
		return;
	}
	if (fault.processed) await carryOut();
	if (fault.does === 'silence') held.hold(response);
	if (fault.does === 'reset') response.socket?.resetAndDestroy();
	if (fault.does === 'answer') send(response, fault);
}

type Sent = Pick<Answer, 'status' | 'headers'> & { body?: string | object | null };

function send(response: Response, { status, headers = {}, body = '' }: Sent): void {
	response.status(status).set(headers).send(body);
}
