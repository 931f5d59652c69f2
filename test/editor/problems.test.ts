import type { INode } from 'n8n-workflow';

import { saveWorkflow } from '../e2e/stage';
import { chained, gcoreNode, node } from '../e2e/workflowParts';
import { isRed } from './stage/color';
import { IS_N8N_1 } from '../n8n';
import { dialogOf, openCredential, saveCredential, untilTested } from './stage/credentialDialog';
import { openNode, openWorkflow, setEditor } from './stage/editor';
import { execute, outputOf } from './stage/form';
import { picture, screenshot } from './stage/pictures';

const editor = setEditor();

/** Opens the form of Create with these values in it. */
async function openCreate(parameters: INode['parameters']): Promise<void> {
	const start = node('Start', 'n8n-nodes-base.manualTrigger', 1, {});
	const create = gcoreNode('Create transcription task', 'create', parameters);
	const nodes: INode[] = [start, { ...create, position: [220, 0] }];
	const workflow = { name: 'Problems', nodes, connections: chained(nodes) };
	await openWorkflow(editor(), await saveWorkflow(editor(), workflow));
	await openNode(editor(), 'Create transcription task');
}

/** n8n 1 shows no words of a package for a key that is refused. */
test('a wrong API key fails the test of the credential, with words that help', async () => {
	const { page, simulator } = editor();
	await openCreate({ url: 'https://example.com/video.mp4' });
	await openCredential(editor());
	// n8n tests a credential when its dialog opens, and cannot run a second test meanwhile
	await untilTested(editor());
	await saveCredential(editor(), { apiKey: '1234$wrong', baseUrl: simulator.url });
	await dialogOf(editor()).getByText('Couldn’t connect with these settings').waitFor();
	await dialogOf(editor()).getByText('More details').click();
	await dialogOf(editor()).getByText('More details').waitFor({ state: 'hidden' });
	expect(await dialogOf(editor()).innerText()).toContain(
		IS_N8N_1
			? 'Authorization failed - please check your credentials'
			: 'Gcore does not accept this API key. Paste it again, or create a new one in the Gcore Customer Portal, under Profile > API Tokens.',
	);
	await screenshot(page, '20-wrong-key');
});

test.each([
	[
		'a bad URL',
		{ url: 'video.mp4' },
		/^'Video URL' is not a full web address/,
		/starting with https:\/\/ or http:\/\//,
	],
	[
		'an unsupported language pair',
		{ url: 'https://example.com/video.mp4', audioLanguage: 'ger', subtitlesLanguage: 'bak' },
		/^Gcore cannot translate German to Bashkir/,
		/Choose another language/,
	],
])('%s is a red error that says what to do', async (name, parameters, message, advice) => {
	const { page, simulator } = editor();
	simulator.reset();
	await openCreate(parameters);
	await execute(editor(), 'danger');
	const error = page.getByTestId('node-error-message');
	await error.getByText(message).waitFor();
	await page.getByTestId('node-error-description').getByText(advice).waitFor();
	expect(await isRed(error)).toBe(true);
	expect(simulator.tasks).toHaveLength(0);
	await screenshot(page, `21-${name.replaceAll(' ', '-')}`);
	if (name.includes('pair')) {
		await picture(page, 'error', 460, page.getByTestId('node-parameters'), outputOf(editor()));
	}
});
