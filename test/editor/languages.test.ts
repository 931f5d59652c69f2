import type { INode } from 'n8n-workflow';

import { saveWorkflow } from '../e2e/stage';
import { gcoreNode } from '../e2e/workflowParts';
import { openNode, openWorkflow, setEditor } from './stage/editor';
import { chosenIn, fieldOf, redMarkOf, offeredFor, takeFirst } from './stage/form';
import { screenshot } from './stage/pictures';

const editor = setEditor();

/** Opens the form of Create with these values in it. */
async function openCreate(parameters: INode['parameters']): Promise<void> {
	const nodes = [
		gcoreNode('Create', 'create', { url: 'https://example.com/video.mp4', ...parameters }),
	];
	const workflow = { name: 'Languages', nodes, connections: {} };
	await openWorkflow(editor(), await saveWorkflow(editor(), workflow));
	await openNode(editor(), 'Create');
}

/** What people type, and the language that they mean. */
const WORDS = {
	de: 'German',
	deu: 'German',
	ger: 'German',
	Deutsch: 'German',
	zh: 'Chinese',
	mandarin: 'Chinese',
	farsi: 'Persian',
	brazil: 'Portuguese',
};

const CODES = {
	ar: 'Arabic',
	en: 'English',
	es: 'Spanish',
	fr: 'French',
	it: 'Italian',
	ja: 'Japanese',
	ko: 'Korean',
	pt: 'Portuguese',
	ru: 'Russian',
};

test.each(['audioLanguage', 'subtitlesLanguage'])(
	'%s offers the language first whose code or name was typed',
	async (field) => {
		await openCreate({});
		await fieldOf(editor(), field).click();
		for (const [text, language] of Object.entries({ ...WORDS, ...CODES })) {
			const [first = ''] = await offeredFor(editor(), field, text);
			expect([text, first]).toEqual([text, expect.stringMatching(`^${language} \\(`)]);
		}
		await screenshot(editor().page, `50-${field}-typed`);
	},
);

test('the arrow key and Enter take the language that was typed', async () => {
	await openCreate({});
	for (const [text, language] of Object.entries(WORDS)) {
		await fieldOf(editor(), 'audioLanguage').click();
		await offeredFor(editor(), 'audioLanguage', text);
		await takeFirst(editor());
		expect([text, await chosenIn(editor(), 'audioLanguage')]).toEqual([
			text,
			expect.stringMatching(`^${language} \\(`),
		]);
	}
	await screenshot(editor().page, '51-language-chosen');
});

test('a code by expression is not marked red in a language field', async () => {
	const { page } = editor();
	await openCreate({
		audioLanguage: '={{ "de" }}',
		subtitlesLanguage: '={{ "pt-BR" }}',
		alsoTranslateTo: '={{ ["fr", "zh"] }}',
		waitForCompletion: true,
		// Not a format of the field, to prove that the mark does appear
		formats: '={{ ["docx"] }}',
	});
	await redMarkOf(editor(), 'formats').waitFor();
	await screenshot(page, '52-language-by-expression');
	for (const field of ['audioLanguage', 'subtitlesLanguage', 'alsoTranslateTo']) {
		await page.getByTestId(`parameter-expression-preview-${field}`).waitFor();
		expect([field, await redMarkOf(editor(), field).count()]).toEqual([field, 0]);
	}
});
