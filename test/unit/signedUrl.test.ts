import { requestKey } from '../../nodes/shared/tasks/lookup';
import { withoutSignature } from '../../nodes/shared/tasks/signedUrl';

const FILE = 'https://bucket.example.com/a%20b.mp4';

const SIGNATURES = {
	'S3, version 4':
		'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=k%2F1&X-Amz-Date=20261125T000000Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Security-Token=t&X-Amz-Signature=1f',
	'S3, version 2': 'AWSAccessKeyId=k&Expires=1&Signature=a%2Fb%3D',
	CloudFront: 'Expires=1&Signature=s&Key-Pair-Id=K1',
	'Google, V4':
		'X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Credential=c&X-Goog-Date=d&X-Goog-Expires=60&X-Goog-SignedHeaders=host&X-Goog-Signature=1f',
	'Google, V2': 'GoogleAccessId=g&Expires=1&Signature=s',
	Azure: 'sv=2026-01-01&st=a&se=b&sr=b&sp=r&spr=https&sig=a%2Bb',
};

test.each(Object.entries(SIGNATURES))('the signature of %s does not count', (_, signature) => {
	expect(withoutSignature(`${FILE}?${signature}`)).toBe(FILE);
	expect(withoutSignature(`${FILE}?versionId=7&${signature}#t=1`)).toBe(`${FILE}?versionId=7#t=1`);
	const signedLater = signature.replace(/1f|s$|a%2Bb|a%2Fb%3D/, 'other');
	expect(requestKey({ url: `${FILE}?${signature}` })).toBe(
		requestKey({ url: `${FILE}?${signedLater}` }),
	);
});

test.each([
	`${FILE}?Expires=1`,
	`${FILE}?sig=1`,
	`${FILE}?se=1&sp=2`,
	`${FILE}?v=2&x-amz-date=1`,
	FILE,
])('%s is no signed link, and stays as it is', (url) => {
	expect(withoutSignature(url)).toBe(url);
});

test('two versions of a file are different files', () => {
	const signature = SIGNATURES['S3, version 4'];
	expect(requestKey({ url: `${FILE}?versionId=1&${signature}` })).not.toBe(
		requestKey({ url: `${FILE}?versionId=2&${signature}` }),
	);
});
