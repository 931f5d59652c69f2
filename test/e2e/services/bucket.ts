import express from 'express';

/** The objects of the only bucket, by their keys. */
export type Bucket = Map<string, Buffer>;

/**
 * Amazon's S3, as far as n8n's S3 node uses it with "Force Path Style". It does not return an object
 * whose key has the word "archived".
 */
export function bucketOf(bucket: Bucket): express.Express {
	const app = express();
	app.use(express.raw({ type: () => true, limit: '10mb' }));

	app.use(({ path }, response, next) => {
		// n8n signs such a path as if it had spaces
		if (path.includes('+')) response.status(403).send(errorOf('SignatureDoesNotMatch'));
		else next();
	});

	app.get('/:name', ({ query }, response) => {
		const contents = [...bucket]
			.filter(([key]) => key.startsWith(String(query['prefix'] ?? '')))
			.map(
				([key, { length }]) =>
					`<Contents><Key>${key.replaceAll('&', '&amp;')}</Key><LastModified>${new Date().toISOString()}</LastModified><Size>${length}</Size></Contents>`,
			);
		response
			.type('xml')
			.send(
				'location' in query
					? '<LocationConstraint xmlns="s3">eu-west-1</LocationConstraint>'
					: `<ListBucketResult>${contents.join('')}<IsTruncated>false</IsTruncated></ListBucketResult>`,
			);
	});

	app.get('/:name/*key', ({ params }, response) => {
		const key = params.key.join('/');
		const object = bucket.get(key);
		if (!object) response.status(404).send(errorOf('NoSuchKey'));
		else if (key.includes('archived')) response.status(403).send(errorOf('InvalidObjectState'));
		else response.type('video/mp4').send(object);
	});

	app.put('/:name/*key', ({ params, body }, response) => {
		bucket.set(params.key.join('/'), Buffer.isBuffer(body) ? body : Buffer.of());
		response.end();
	});
	return app;
}

function errorOf(code: string): string {
	return `<Error><Code>${code}</Code></Error>`;
}
