import { randomInt } from 'node:crypto';

import getPort from 'get-port';

/** The address that every server of the tests listens on. */
export const HOST = '127.0.0.1';

/**
 * Ports that no system assigns to connections by itself. A server takes seconds to start, and by then a
 * connection may have taken any other port.
 */
const PORTS = [10_000, 30_000] as const;

const TRIES = 20;

/** A port that a server can listen on. @param wanted taken if it is free */
export async function freePort(wanted?: number): Promise<number> {
	const random = Array.from({ length: TRIES }, () => randomInt(...PORTS));
	return await getPort({ host: HOST, port: wanted === undefined ? random : [wanted, ...random] });
}
