import { KEYS } from '../simulator';
import { clicksOn, countClicks } from './stage/clicks';
import {
	closeCredential,
	openCredential,
	openNewCredential,
	saveNewCredential,
	untilTested,
} from './stage/credentialDialog';
import { openNewWorkflow, setEditor } from './stage/editor';
import {
	execute,
	fieldOf,
	fillIn,
	isAboveFold,
	outputOf,
	scrollTo,
	searchDropdown,
	toggle,
	viewFile,
} from './stage/form';
import { addStep, findGcore, openGcore, openNodesPanel, unfoldActions } from './stage/nodesPanel';
import { picture, screenshot } from './stage/pictures';

const editor = setEditor();

/** The clicks that a person with a credential needs from an empty canvas to the files of a video. */
const MOST_CLICKS = 8;

/** The size of a small laptop's screen. */
const SMALL_SCREEN = { width: 1280, height: 800 };

/** The fields of Create that most people set. */
const COMMON_FIELDS = [
	'url',
	'audioLanguage',
	'subtitlesLanguage',
	'alsoTranslateTo',
	'waitForCompletion',
];

test('a person who has never seen Gcore gets a task: finds it, connects it, fills it in, runs it', async () => {
	const { page, simulator } = editor();
	await openNewWorkflow(editor());
	await openNodesPanel(editor());
	await findGcore(editor(), 'subtitles');
	await screenshot(page, '01-panel-subtitles');
	await findGcore(editor(), 'transcribe');
	await screenshot(page, '02-panel-transcribe');
	await openGcore(editor());
	await unfoldActions(editor());
	await page.getByText('Create transcription task', { exact: true }).waitFor();
	await screenshot(page, '03-panel-actions');
	await addStep(editor(), 'Create transcription task');

	await openNewCredential(editor());
	await screenshot(page, '04-credential');
	await saveNewCredential(editor(), { apiKey: KEYS.valid, baseUrl: simulator.url });
	await openCredential(editor());
	await untilTested(editor());
	await screenshot(page, '05-credential-tested');
	await closeCredential(editor());

	await fillIn(editor(), 'url', 'https://example.com/video.mp4');
	const languages = await searchDropdown(editor(), 'audioLanguage', 'germ');
	await screenshot(page, '06-language-typed');
	expect(await languages.allInnerTexts()).toEqual(['German (Deutsch; de, deu, ger)']);
	await languages.click();
	await (await searchDropdown(editor(), 'subtitlesLanguage', 'engl')).click();
	await screenshot(page, '07-form');

	await execute(editor(), 'success');
	expect(simulator.tasks).toHaveLength(1);
	const [task] = simulator.tasks;
	await outputOf(editor()).getByText('task_id', { exact: true }).waitFor();
	await outputOf(editor()).getByText(task!.id).waitFor();
	await screenshot(page, '08-result');
	expect(task!.request).toMatchObject({
		url: 'https://example.com/video.mp4',
		audio_language: 'ger',
		subtitles_language: 'eng',
	});
});

test(`one node goes from an empty canvas to a file in ${MOST_CLICKS} clicks`, async () => {
	const { page, client, simulator } = editor();
	simulator.reset();
	await client.createCredential({ apiKey: KEYS.valid, baseUrl: simulator.url });
	await openNewWorkflow(editor());
	await countClicks(page);
	await openNodesPanel(editor());
	await findGcore(editor(), 'subtitles');
	await openGcore(editor());
	await unfoldActions(editor());
	await addStep(editor(), 'Create transcription task');
	await fieldOf(editor(), 'url').getByRole('textbox').click();
	// At once, as a paste: the editor loses keys that come while it still fills in the credential
	await fillIn(editor(), 'url', 'https://example.com/video.mp4');
	await toggle(editor(), 'waitForCompletion');
	await fieldOf(editor(), 'formats').getByText('SRT', { exact: true }).waitFor();
	await execute(editor(), 'success');
	await outputOf(editor())
		.getByText(/^video\..*srt$/)
		.waitFor();
	const clicks = await clicksOn(page);
	expect(clicks).toBeGreaterThan(0);
	expect(clicks).toBeLessThanOrEqual(MOST_CLICKS);

	await viewFile(editor(), 'Where are we going?');
	await scrollTo(editor(), 'resource');
	await picture(page, 'result', 590, page.getByTestId('node-parameters'), outputOf(editor()));
});

test('a small screen shows the fields of Create that most people set without scrolling', async () => {
	const { page } = editor();
	await page.setViewportSize(SMALL_SCREEN);
	await openNewWorkflow(editor());
	await openNodesPanel(editor());
	await findGcore(editor(), 'subtitles');
	await openGcore(editor());
	await unfoldActions(editor());
	await addStep(editor(), 'Create transcription task');
	await fieldOf(editor(), 'waitForCompletion').waitFor();
	await screenshot(page, '09-small-screen');
	for (const field of COMMON_FIELDS) {
		expect([field, await isAboveFold(editor(), field)]).toEqual([field, true]);
	}
});
