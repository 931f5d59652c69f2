import { requestKey } from '../../nodes/shared/tasks/lookup';

const URL = 'https://example.com/video.mp4';

test.each([
	['null for what was not sent', { client_user_id: null }, {}],
	['an empty text', { client_entity_data: '' }, {}],
	['a number', { client_user_id: 42 }, { client_user_id: '42' }],
	['JSON', { client_entity_data: { id: 42 } }, { client_entity_data: '{"id":42}' }],
	[
		'JSON without its spaces',
		{ client_entity_data: { id: 42 } },
		{ client_entity_data: '{ "id": 42 }' },
	],
])('a request is the same if Gcore returns %s', (_, given, sent) => {
	const asGiven = { url: URL, ...given } as unknown as Parameters<typeof requestKey>[0];
	expect(requestKey(asGiven)).toBe(requestKey({ url: URL, ...sent }));
});

test('another text is another request', () => {
	expect(requestKey({ url: URL, client_user_id: 'a' })).not.toBe(requestKey({ url: URL }));
});

test('numbers that are written in two ways are two texts', () => {
	expect(requestKey({ url: URL, client_user_id: '1.0' })).not.toBe(
		requestKey({ url: URL, client_user_id: '1' }),
	);
});
