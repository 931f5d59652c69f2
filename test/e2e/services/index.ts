/* eslint-disable @n8n/community-nodes/no-restricted-imports -- servers for tests, not part of the package */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import express from 'express';
import { generate } from 'selfsigned';

import { listen } from '../../simulator/listen';
import { bucketOf } from './bucket';
import type { Bucket } from './bucket';
import { driveOf } from './drive';
import type { Drive } from './drive';
import { sheetOf } from './sheet';
import type { Sheet } from './sheet';
import { withoutState } from './withoutState';

/** The hosts that the proxy answers for. Each other host is refused. */
const HOSTS = ['www.googleapis.com', 'sheets.googleapis.com', 'slack.com', 'render.example.com'];

/** A call of a service that keeps nothing. */
export interface Call {
	/** Such as `POST slack.com/api/chat.postMessage`. */
	to: string;
	body: unknown;
}

/** Stand-ins for the services in the examples, as far as n8n's own nodes use them. */
export interface Services {
	/** Environment variables by which n8n's nodes reach the stand-ins at the services' own addresses. */
	settings: Record<string, string>;
	/** The base URL of the bucket's server, for a credential. */
	bucketUrl: string;
	bucket: Bucket;
	drive: Drive;
	sheet: Sheet;
	/** The calls of Slack, YouTube and the rendering service. */
	calls: Call[];
	stop(): Promise<void>;
}

/**
 * Starts a proxy on a free port of 127.0.0.1 that answers in place of the services, with a
 * certificate of its own.
 */
export async function startServices(): Promise<Services> {
	const bucket: Bucket = new Map();
	const drive: Drive = { files: [], isFull: false };
	const sheet: Sheet = { rows: [], writes: [] };
	const calls: Call[] = [];

	const app = express();
	app.use(driveOf(drive), sheetOf(sheet), withoutState(calls));
	const { private: key, cert } = await generate([{ name: 'commonName', value: 'stand-ins' }], {
		extensions: [
			{ name: 'basicConstraints', cA: true },
			{ name: 'subjectAltName', altNames: HOSTS.map((value) => ({ type: 2, value })) },
		],
	});
	const folder = await mkdtemp(join(tmpdir(), 'stand-ins-'));
	const certificateFile = join(folder, 'certificate.pem');
	await writeFile(certificateFile, cert);

	const services = createTlsServer({ key, cert }, app);
	const proxy = createServer((_request, response) => response.writeHead(502).end());
	proxy.on('connect', ({ url = '' }, socket) => {
		if (!HOSTS.some((host) => url === `${host}:443`)) return socket.end('HTTP/1.1 502 \r\n\r\n');
		socket.write('HTTP/1.1 200 \r\n\r\n');
		return services.emit('connection', socket);
	});
	await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
	const { port } = proxy.address() as AddressInfo;
	const bucketServer = await listen(bucketOf(bucket));

	return {
		settings: {
			HTTPS_PROXY: `http://127.0.0.1:${port}`,
			NO_PROXY: '127.0.0.1,localhost',
			NODE_EXTRA_CA_CERTS: certificateFile,
		},
		bucketUrl: `http://${bucketServer.host}`,
		bucket,
		drive,
		sheet,
		calls,
		async stop() {
			services.closeAllConnections();
			proxy.closeAllConnections();
			await new Promise((resolve) => proxy.close(resolve));
			await bucketServer.stop();
			await rm(folder, { recursive: true });
		},
	};
}
