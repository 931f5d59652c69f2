import { NodeHelpers } from 'n8n-workflow';
import type { INode, INodeParameters, INodeType } from 'n8n-workflow';

import { Gcore } from '../../nodes/Gcore/Gcore.node';
import { GcoreTrigger } from '../../nodes/GcoreTrigger/GcoreTrigger.node';

/** The given parameters that n8n keeps: it drops those of fields that do not show. */
function kept({ description }: INodeType, parameters: INodeParameters): INodeParameters {
	const node = { typeVersion: 1, parameters } as unknown as INode;
	return NodeHelpers.getNodeParameters(
		description.properties,
		parameters,
		false,
		false,
		node,
		description,
	)!;
}

const OPTIONS = {
	prefix: 'a_',
	fileName: 'b',
	layout: 'custom',
	lines: 1,
	timeOffset: 3,
};

const SHOWN: Array<[string, INodeParameters, object]> = [
	['nothing while it does not wait', {}, {}],
	['nothing without formats', { waitForCompletion: true, formats: [] }, {}],
	['all for files', { waitForCompletion: true }, OPTIONS],
	[
		'all for formats by expression',
		{ waitForCompletion: true, formats: '={{ ["vtt"] }}' },
		OPTIONS,
	],
	[
		'no names of files for text',
		{ waitForCompletion: true, outputAs: 'json' },
		{ layout: 'custom', lines: 1, timeOffset: 3 },
	],
];

test.each(SHOWN)('Create offers the options of subtitles with them: %s', (_, set, expected) => {
	const { options } = kept(new Gcore(), { operation: 'create', options: OPTIONS, ...set });
	expect(options).toEqual(expected);
});

test('Create asks for Output As only with formats', () => {
	const set = { operation: 'create', waitForCompletion: true, outputAs: 'json' };
	expect(kept(new Gcore(), set)).toHaveProperty('outputAs');
	expect(kept(new Gcore(), { ...set, formats: [] })).not.toHaveProperty('outputAs');
});

test('with formats by expression, the numbers of Custom are offered only with Custom', () => {
	const set = { operation: 'create', waitForCompletion: true, formats: '={{ ["vtt"] }}' };
	const { options } = kept(new Gcore(), { ...set, options: { ...OPTIONS, layout: 'social' } });
	expect(options).not.toHaveProperty('lines');
});

test.each([
	['gcore', 'files'],
	['gcoreTool', 'json'],
])('%s returns %s by default, with fields by expression too', (name, expected) => {
	const description = { ...new Gcore().description, name };
	const byExpression = { waitForCompletion: '={{ true }}', formats: '={{ ["vtt"] }}' };
	for (const [field, value] of Object.entries(byExpression)) {
		const set = { operation: 'create', waitForCompletion: true, [field]: value };
		const { outputAs } = NodeHelpers.getNodeParameters(
			description.properties,
			set,
			true,
			false,
			null,
			description,
		)!;
		expect([field, outputAs]).toEqual([field, expected]);
	}
});

test.each([
	[{}, {}],
	[{ downloadSubtitles: [] }, {}],
	[{ downloadSubtitles: ['vtt'] }, { layout: 'custom', lines: 1, timeOffset: 3 }],
])('the trigger offers the layout with Download Subtitles: %j', (set, expected) => {
	const { layout, lines, timeOffset } = OPTIONS;
	const options = { layout, lines, timeOffset, ...set };
	expect(kept(new GcoreTrigger(), { options })['options']).toEqual({ ...set, ...expected });
});

const PAIRS: Array<[INodeParameters, number]> = [
	[{}, 0],
	[{ audioLanguage: 'eng' }, 0],
	[{ subtitlesLanguage: 'ger' }, 0],
	[{ alsoTranslateTo: ['ger'] }, 0],
	[{ audioLanguage: 'eng', subtitlesLanguage: 'ger' }, 1],
	[{ audioLanguage: 'eng', alsoTranslateTo: ['ger'] }, 1],
	[{ audioLanguage: 'eng', subtitlesLanguage: 'ger', alsoTranslateTo: ['fre'] }, 1],
	[{ audioLanguage: 'eng', subtitlesLanguage: '={{ $json.to }}' }, 1],
	[{ audioLanguage: '={{ $json.from }}', subtitlesLanguage: 'ger' }, 1],
	[{ audioLanguage: '={{ $json.from }}', alsoTranslateTo: '={{ $json.to }}' }, 1],
];

test.each(PAIRS)('Check Language Pair First shows once for a pair: %j', (set, times) => {
	const { properties } = new Gcore().description;
	const parameters = NodeHelpers.getNodeParameters(
		properties,
		{ operation: 'create', ...set },
		true,
		false,
		null,
		null,
	)!;
	const options = properties.filter(
		({ name, displayOptions }) =>
			name === 'options' && displayOptions?.show?.['operation']?.includes('create'),
	);
	const shown = options
		.flatMap((field) => field.options ?? [])
		.flatMap((option) => ('type' in option ? option : []))
		.filter(({ name }) => name === 'checkLanguagePair')
		.filter((option) => NodeHelpers.displayParameter({}, option, null, null, parameters));
	expect(shown).toHaveLength(times);
});
