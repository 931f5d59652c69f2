import { randomUUID } from 'node:crypto';

import express from 'express';

/** A file in Google Drive. */
export interface DriveFile {
	id: string;
	name: string;
	mimeType: string;
	parents: string[];
	content: Buffer;
}

export interface Drive {
	files: DriveFile[];
	/** Whether it takes no more files. */
	isFull: boolean;
}

/** Google Drive, as far as n8n's nodes use it: both ways of its upload, since n8n takes either. */
export function driveOf(drive: Drive): express.Router {
	const router = express.Router();
	const fileOf = (id: string) => drive.files.find((file) => file.id === id);
	const add = (metadata: object, mimeType: string, content: Buffer): DriveFile => {
		const file = { id: randomUUID(), mimeType, content, ...metadata } as DriveFile;
		drive.files.push(file);
		return file;
	};

	router.get('/drive/v3/files', ({ query }, response) => {
		const [, folder] = /'(.+?)' in parents/.exec(String(query['q'])) ?? [];
		const files = drive.files.filter(({ parents }) => parents.includes(folder ?? ''));
		response.json({ files: files.map(described) });
	});

	router.get('/drive/v3/files/:id', ({ params, query }, response) => {
		const file = fileOf(params.id);
		if (!file) response.status(404).json({ error: { message: 'File not found' } });
		else if (query['alt'] === 'media') response.type(file.mimeType).send(file.content);
		else response.json(described(file));
	});

	router.patch('/drive/v3/files/:id', express.json(), ({ params, body }, response) => {
		response.json(described(Object.assign(fileOf(params.id)!, body)));
	});

	const multipart = express.raw({ type: 'multipart/related', limit: '10mb' });
	router.post('/upload/drive/v3/files', (_request, response, next) => {
		if (drive.isFull) response.status(403).json({ error: { message: 'Storage quota exceeded' } });
		else next();
	});

	router.post('/upload/drive/v3/files', multipart, express.json(), (request, response, next) => {
		const { query, body, headers } = request;
		if (query['uploadType'] === 'resumable') {
			const { id } = add(body as object, String(headers['x-upload-content-type']), Buffer.of());
			response.set('location', `https://www.googleapis.com/uploads/${id}`).end();
			return;
		}
		readMultipart(body as Buffer, String(headers['content-type']))
			.then(({ metadata, mimeType, content }) =>
				response.json(described(add(metadata, mimeType, content))),
			)
			.catch(next);
	});

	const chunk = express.raw({ type: () => true, limit: '10mb' });
	router.put('/uploads/:id', chunk, ({ params, body, headers }, response) => {
		const file = fileOf(params.id)!;
		file.content = Buffer.concat([file.content, body as Buffer]);
		const total = Number(headers['content-range']?.split('/')[1]);
		response.status(file.content.length < total ? 308 : 200).json(described(file));
	});
	return router;
}

function described({ content, ...file }: DriveFile): object {
	return { ...file, size: String(content.length) };
}

/** Reads the two parts of an upload, which n8n writes as those of a form. */
async function readMultipart(body: Buffer, contentType: string) {
	const headers = { 'content-type': contentType.replace('related', 'form-data') };
	// A part without a name for the file would be read as text, in which bytes are lost
	const named = body.toString('latin1').replace('name="data"', 'name="data"; filename="data"');
	const form = await new Response(Buffer.from(named, 'latin1'), { headers }).formData();
	const data = form.get('data') as File;
	return {
		metadata: JSON.parse(String(form.get('metadata'))) as object,
		mimeType: data.type,
		content: Buffer.from(await data.arrayBuffer()),
	};
}
