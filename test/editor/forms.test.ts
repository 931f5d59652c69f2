import { NodeHelpers } from 'n8n-workflow';
import type { INode, INodeProperties } from 'n8n-workflow';

import { Gcore } from '../../nodes/Gcore/Gcore.node';
import { GcoreTrigger } from '../../nodes/GcoreTrigger/GcoreTrigger.node';
import { saveWorkflow } from '../e2e/stage';
import { node } from '../e2e/workflowParts';
import { closeNode, openNode, openWorkflow, setEditor } from './stage/editor';
import { screenshot } from './stage/pictures';

const editor = setEditor();

/** Values with which a form shows more fields than with the defaults. */
const TELLING: INode['parameters'] = {
	waitForCompletion: true,
	// The pair check shows only with a pair
	audioLanguage: 'eng',
	subtitlesLanguage: 'ger',
	automaticSubtitles: true,
	layout: 'custom',
};

/** Everything that a form can show, with its options added. */
function filledIn(fields: readonly INodeProperties[]): INode['parameters'] {
	const valueOf = ({ name, type, options, default: value }: INodeProperties) =>
		type === 'collection' ? filledIn(options as INodeProperties[]) : (TELLING[name] ?? value);
	return Object.fromEntries(
		fields.map((field) => [field.name, valueOf(field) as INode['parameters'][string]]),
	);
}

/** A form: what is chosen in it, and its fields, as the node describes them to n8n. */
interface Form {
	name: string;
	type: string;
	fields: readonly INodeProperties[];
	chosen: INode['parameters'];
}

function gcore(resource: string, operation: string, source?: string): Form {
	const fields = new Gcore().description.properties.filter(
		({ displayOptions: { show } = {} }) =>
			show?.['resource']?.includes(resource) &&
			show['operation']?.includes(operation) &&
			show['@tool']?.[0] !== true,
	);
	const chosen = { resource, operation, ...(source && { source }) };
	return {
		name: Object.values(chosen).join(' '),
		type: 'n8n-nodes-gcore.gcore',
		fields,
		chosen,
	};
}

const FORMS: readonly Form[] = [
	...['url', 'file', 'hosted'].map((source) => gcore('transcriptionTask', 'create', source)),
	...['getSubtitles', 'get', 'getMany', 'cancel'].map((operation) =>
		gcore('transcriptionTask', operation),
	),
	gcore('language', 'checkSupport'),
	...['file', 'url'].map((source) => gcore('video', 'upload', source)),
	...['get', 'getMany', 'delete'].map((operation) => gcore('video', operation)),
	...['task', 'file', 'text'].map((source) => gcore('subtitle', 'add', source)),
	...['getMany', 'delete'].map((operation) => gcore('subtitle', operation)),
	{
		name: 'trigger',
		type: 'n8n-nodes-gcore.gcoreTrigger',
		fields: new GcoreTrigger().description.properties,
		chosen: {},
	},
];

/** The names of the fields that fit what is chosen, with those of a collection in its place. */
function namesOf(
	fields: readonly INodeProperties[],
	chosen: INode['parameters'],
	all = chosen,
): string[] {
	return fields
		.filter((field) => NodeHelpers.displayParameter(chosen, field, null, null, all))
		.flatMap(({ name, type, options }) =>
			type === 'collection'
				? namesOf(options as INodeProperties[], chosen[name] as INode['parameters'], all)
				: [name],
		);
}

test('every form shows all of its fields, in their order', async () => {
	const nodes = FORMS.map(({ name, type, fields, chosen }, index) => ({
		...node(name, type, 1, { ...filledIn(fields), ...chosen }),
		position: [(index % 5) * 220, Math.floor(index / 5) * 220] as [number, number],
	}));
	const { page } = editor();
	const workflow = { name: 'Every form', nodes, connections: {} };
	// High enough for the longest form
	await page.setViewportSize({ width: 1440, height: 1800 });
	await openWorkflow(editor(), await saveWorkflow(editor(), workflow));
	for (const [index, { name, fields }] of FORMS.entries()) {
		await openNode(editor(), name);
		const expected = namesOf(fields, nodes[index]!.parameters);
		await page.getByTestId(`parameter-input-${expected.at(-1)}`).waitFor();
		const shown = await page
			.getByTestId('node-parameters')
			.getByTestId(/^parameter-input-/)
			.evaluateAll((inputs) =>
				inputs.map((input) => input.getAttribute('data-test-id')?.replace('parameter-input-', '')),
			);
		expect(shown.filter((field) => expected.includes(field ?? ''))).toEqual(expected);
		await screenshot(page, `40-form-${name.replaceAll(' ', '-')}`);
		await closeNode(editor());
	}
});
