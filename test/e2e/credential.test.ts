import { IS_N8N_1 } from '../n8n';
import { KEYS } from '../simulator';
import { setStage } from './stage';

const stage = setStage();

/** n8n 1.x shows a text of its own instead. */
const whatItSays = (words: RegExp): unknown =>
	IS_N8N_1 ? expect.any(String) : expect.stringMatching(words);

/** What n8n shows when a person saves the credential and tests it. */
async function testResult({ apiKey, baseUrl }: { apiKey: string; baseUrl?: string }) {
	const { client, simulator } = stage();
	const data = { apiKey, baseUrl: baseUrl ?? simulator.url };
	return await client.testCredential(await client.createCredential(data), data);
}

describe('the test of the Gcore API credential', () => {
	test.each([
		['as it is', KEYS.valid],
		['with its scheme', `APIKey ${KEYS.valid}`],
		['with its scheme in small letters and spaces', `  apikey   ${KEYS.valid} `],
		['with a line break', `${KEYS.valid}\r\n`],
	])('accepts the right key pasted %s', async (_, apiKey) => {
		expect(await testResult({ apiKey })).toMatchObject({ status: 'OK' });
	});

	test.each([
		['with a slash', (url: string) => `${url}/`],
		['with spaces and slashes', (url: string) => `  ${url}// `],
	])('accepts a Base URL %s at its end', async (_, pasted) => {
		const baseUrl = pasted(stage().simulator.url);
		expect(await testResult({ apiKey: KEYS.valid, baseUrl })).toMatchObject({ status: 'OK' });
	});

	test('fails for a site that is no Gcore API and answers with a page', async () => {
		const { host } = stage();
		expect(await testResult({ apiKey: KEYS.valid, baseUrl: host.url })).toMatchObject({
			status: 'Error',
		});
		stage().simulator.inject({ does: 'answer', status: 200, body: '<html>Welcome</html>' });
		expect(await testResult({ apiKey: KEYS.valid })).toEqual({
			status: 'Error',
			message: whatItSays(/There is no Gcore API at this Base URL/),
		});
	});

	test('does not follow a redirect, which would take the key to another host', async () => {
		const { simulator } = stage();
		const headers = { Location: `${simulator.uploads.url}/upload/` };
		simulator.inject({ does: 'answer', status: 307, headers });
		expect(await testResult({ apiKey: KEYS.valid })).toMatchObject({ status: 'Error' });
		expect(simulator.uploads.requests).toEqual([]);
	});

	test.each([
		['a wrong key', '1234$wrong', /does not accept this API key/],
		['a key without access', KEYS.forbidden, /does not let it use AI tasks/],
		['an account without AI', KEYS.noAi, /AI is not enabled/],
	])('tells %s apart, if n8n lets it', async (_, apiKey, words) => {
		expect(await testResult({ apiKey })).toEqual({
			status: 'Error',
			message: whatItSays(words),
		});
	});
});
