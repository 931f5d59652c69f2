/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a server for tests, not part of the package */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Express } from 'express';

/** A server that runs. */
export interface Listener {
	/** Name and port, such as `127.0.0.1:40123`. */
	host: string;
	/** Drops all connections. */
	stop(): Promise<void>;
}

/** Starts a server on a free port of 127.0.0.1. */
export async function listen(app: Express): Promise<Listener> {
	const server = await new Promise<Server>((resolve) => {
		const listening = app.listen(0, '127.0.0.1', () => resolve(listening));
	});
	// Else a busy machine may send a request just when the connection is closed as idle
	server.keepAliveTimeout = 0;
	return {
		host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
		async stop() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
