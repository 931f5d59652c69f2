import type { INode, INodeProperties } from 'n8n-workflow';

import { Gcore } from '../../nodes/Gcore/Gcore.node';
import { GcoreTrigger } from '../../nodes/GcoreTrigger/GcoreTrigger.node';
import { saveWorkflow } from '../e2e/stage';
import { node } from '../e2e/workflowParts';
import { closeNode, openNode, openWorkflow, setEditor } from './stage/editor';
import { screenshot } from './stage/pictures';

const editor = setEditor();

/** Everything that a form can show: its options added, and what waiting adds to it. */
function filledIn(fields: readonly INodeProperties[]): INode['parameters'] {
	const valueOf = ({ name, type, options, default: value }: INodeProperties) => {
		if (name === 'waitForCompletion') return true;
		// The pair check shows only with a language
		if (name === 'audioLanguage') return 'eng';
		return type === 'collection' ? filledIn(options as INodeProperties[]) : value;
	};
	return Object.fromEntries(
		fields.map((field) => [field.name, valueOf(field) as INode['parameters'][string]]),
	);
}

/** The names of the fields, with those of a collection in its place. */
function namesOf(fields: readonly INodeProperties[]): string[] {
	return fields.flatMap(({ name, type, options }) =>
		type === 'collection' ? namesOf(options as INodeProperties[]) : [name],
	);
}

/** The fields of an operation, as the node describes them to n8n. */
function fieldsOf(operation: string): INodeProperties[] {
	return new Gcore().description.properties.filter(
		({ displayOptions: { show } = {} }) =>
			show?.['operation']?.includes(operation) && show['@tool']?.[0] !== true,
	);
}

const gcore = (operation: string, resource = 'transcriptionTask') => ({
	name: operation,
	type: 'n8n-nodes-gcore.gcore',
	fields: fieldsOf(operation),
	chosen: { resource, operation },
});

const FORMS = [
	gcore('create'),
	gcore('getSubtitles'),
	gcore('get'),
	gcore('getMany'),
	gcore('cancel'),
	gcore('checkSupport', 'language'),
	{
		name: 'trigger',
		type: 'n8n-nodes-gcore.gcoreTrigger',
		fields: new GcoreTrigger().description.properties,
		chosen: {},
	},
];

test('every form shows all of its fields, in their order', async () => {
	const nodes = FORMS.map(({ name, type, fields, chosen }, index) => ({
		...node(name, type, 1, { ...filledIn(fields), ...chosen }),
		position: [index * 220, 0] as [number, number],
	}));
	const { page } = editor();
	const workflow = { name: 'Every form', nodes, connections: {} };
	// High enough for the longest form
	await page.setViewportSize({ width: 1440, height: 1800 });
	await openWorkflow(editor(), await saveWorkflow(editor(), workflow));
	for (const { name, fields } of FORMS) {
		await openNode(editor(), name);
		const expected = namesOf(fields);
		await page.getByTestId(`parameter-input-${expected.at(-1)}`).waitFor();
		const shown = await page
			.getByTestId('node-parameters')
			.getByTestId(/^parameter-input-/)
			.evaluateAll((inputs) =>
				inputs.map((input) => input.getAttribute('data-test-id')?.replace('parameter-input-', '')),
			);
		expect(shown.filter((field) => expected.includes(field ?? ''))).toEqual(expected);
		await screenshot(page, `40-form-${name}`);
		await closeNode(editor());
	}
});
