import type { RecordedRequest } from './traffic';

/** Which requests a fault meets, and whether they are carried out. */
interface Reach {
	/** Which requests it meets; all of them unless given. */
	on?: (request: RecordedRequest) => boolean;
	/** How many requests it meets before it is used up; 1 unless given. */
	times?: number;
	/**
	 * Whether the request is carried out all the same: a create call then makes its task. One that is
	 * delayed is carried out before or after the delay.
	 */
	processed?: boolean;
}

/** What goes wrong with a request, instead of its answer or before it. */
export type Fault = Reach &
	(
		| { does: 'answer'; status: number; body?: string | object; headers?: Record<string, string> }
		| { does: 'delay'; ms: number }
		| { does: 'reset' }
		| { does: 'silence' }
	);

/**
 * What goes wrong with a request to the upload host. One that is delayed is always carried out before
 * the delay. A `cut` drops the connection after so many bytes of a chunk; they are taken if it is
 * processed.
 */
export type UploadFault = Fault | (Reach & { does: 'cut'; afterBytes: number });

/** A page as gateways put in front of an API that is down. */
export const GATEWAY_PAGE =
	'<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><center><h1>502 Bad Gateway</h1></center></body>\r\n</html>';

/** The faults still to come, met in the order in which they were injected. */
export class Faults<F extends UploadFault = Fault> {
	private waiting: Array<{ fault: F; left: number }> = [];

	inject(fault: F): void {
		this.waiting.push({ fault, left: fault.times ?? 1 });
	}

	clear(): void {
		this.waiting = [];
	}

	/** The fault that a request meets, which uses it up once. */
	meet(request: RecordedRequest): F | undefined {
		const met = this.waiting.find(({ fault, left }) => left > 0 && (fault.on?.(request) ?? true));
		if (met) met.left -= 1;
		return met?.fault;
	}
}
