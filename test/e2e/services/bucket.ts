import express from 'express';

/** The objects of the only bucket, by their keys. */
export type Bucket = Map<string, Buffer>;

/** Amazon's S3, as far as n8n's S3 node uses it with "Force Path Style". */
export function bucketOf(bucket: Bucket): express.Express {
	const app = express();
	app.use(express.raw({ type: () => true, limit: '10mb' }));

	app.get('/:name', ({ query }, response) => {
		const contents = [...bucket]
			.filter(([key]) => key.startsWith(String(query['prefix'] ?? '')))
			.map(
				([key, { length }]) =>
					`<Contents><Key>${key}</Key><LastModified>${new Date().toISOString()}</LastModified><Size>${length}</Size></Contents>`,
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
		const object = bucket.get(params.key.join('/'));
		if (object) response.type('video/mp4').send(object);
		else response.status(404).send('<Error><Code>NoSuchKey</Code></Error>');
	});

	app.put('/:name/*key', ({ params, body }, response) => {
		bucket.set(params.key.join('/'), body as Buffer);
		response.end();
	});
	return app;
}
