/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a server for a benchmark, not part of the package */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { checksum } from '../../simulator';

/** A server that takes any file, and works on it as the simulator of the upload host does. */
export async function startSink() {
	const server = createServer(async (request, response) => {
		let sum = 0;
		for await (const piece of request) sum = checksum(piece as Buffer, sum);
		response.end(String(sum));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
		stop: async () => await new Promise((resolve) => server.close(resolve)),
	};
}
