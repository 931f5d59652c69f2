/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a server for tests, not part of the package */
import express from 'express';

import type { Call } from '.';

/** What YouTube answers to the announcement of captions: the address to send them to. */
const CAPTIONS_URL = 'https://www.googleapis.com/captions/1';

/** Services that only take what they are sent: Slack, YouTube's captions, a rendering service. */
export function withoutState(calls: Call[]): express.Router {
	const router = express.Router();
	router.use(express.json({ limit: '10mb' }), express.text({ type: 'application/octet-stream' }));
	router.use(({ method, hostname, path, body }, _response, next) => {
		calls.push({ to: `${method} ${hostname}${path}`, body: body as unknown });
		next();
	});
	router.post('/api/chat.postMessage', (_request, response) => response.json({ ok: true }));
	router.post('/upload/youtube/v3/captions', (_request, response) =>
		response.set('location', CAPTIONS_URL).end(),
	);
	router.put('/captions/1', (_request, response) => response.json({ id: '1' }));
	router.post('/jobs', (_request, response) => response.status(202).json({ job: '1' }));
	return router;
}
