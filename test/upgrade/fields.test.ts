import { NodeHelpers } from 'n8n-workflow';
import type { INode, INodeTypeDescription } from 'n8n-workflow';

import { Gcore } from '../../nodes/Gcore/Gcore.node';
import { GcoreTrigger } from '../../nodes/GcoreTrigger/GcoreTrigger.node';
import { RELEASE_REF, savedNodes } from './savedExamples';

const DESCRIPTIONS: Readonly<Record<string, INodeTypeDescription>> = {
	'n8n-nodes-gcore.gcore': new Gcore().description,
	'n8n-nodes-gcore.gcoreTool': new Gcore().description,
	'n8n-nodes-gcore.gcoreTrigger': new GcoreTrigger().description,
};

/** What n8n itself adds to the fields of a node. */
const OF_N8N = ['pollTimes', 'descriptionType', 'toolDescription'];

/** The paths of saved parameters that n8n would drop, since they have no field. */
function dropped(saved: unknown, kept: unknown, path = ''): string[] {
	if (kept === undefined) return [path];
	if (typeof saved !== 'object' || saved === null) return [];
	return Object.entries(saved).flatMap(([name, value]) =>
		dropped(value, (kept as Record<string, unknown>)[name], `${path}.${name}`),
	);
}

function issuesOf(node: INode): string[] {
	const description = DESCRIPTIONS[node.type]!;
	const parameters = Object.fromEntries(
		Object.entries(node.parameters).filter(([name]) => !OF_N8N.includes(name)),
	);
	const { properties } = description;
	const kept = NodeHelpers.getNodeParameters(
		properties,
		parameters,
		true,
		false,
		node,
		description,
	);
	// With the defaults of what is not saved
	const whole = { ...node, parameters: kept ?? {} };
	const issues = NodeHelpers.getNodeParametersIssues(properties, whole, description);
	return [
		...dropped(parameters, kept).map((path) => `dropped: ${path}`),
		...Object.values(issues?.parameters ?? {}).flat(),
	];
}

describe(`the examples of ${RELEASE_REF}`, () => {
	test.each(savedNodes())('%s has fields that are still there', (_, node) => {
		expect(issuesOf(node)).toEqual([]);
	});
});

test('a field that is gone is found, and so is a value', () => {
	const node = (parameters: INode['parameters']): INode => ({
		id: '1',
		name: 'Gcore',
		type: 'n8n-nodes-gcore.gcore',
		typeVersion: 1,
		position: [0, 0],
		parameters: { resource: 'transcriptionTask', operation: 'create', url: 'x', ...parameters },
	});
	expect(issuesOf(node({}))).toEqual([]);
	expect(issuesOf(node({ options: { gone: 1 } }))).toEqual(['dropped: .options.gone']);
	expect(issuesOf(node({ source: 'gone' }))).not.toEqual([]);
});
