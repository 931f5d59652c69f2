import type { INodeTypeDescription } from 'n8n-workflow';

import { OPERATIONS, readSchema } from '../schemas';
import { setStage } from './stage';

const stage = setStage();

describe('the node type that n8n serves', () => {
	let types: INodeTypeDescription[];

	beforeAll(async () => {
		types = await stage().client.nodeTypes();
	});

	const typeNamed = (name: string) => types.find((type) => type.name === name);

	test('is there under the name of the package', () => {
		expect(typeNamed('n8n-nodes-gcore.gcore')).toMatchObject({
			displayName: 'Gcore',
			outputs: ['main'],
		});
	});

	test('is there as a tool for AI agents', () => {
		expect(typeNamed('n8n-nodes-gcore.gcoreTool')).toMatchObject({ outputs: ['ai_tool'] });
	});

	test('is found by what people search for', () => {
		expect(typeNamed('n8n-nodes-gcore.gcore')?.codex?.alias).toEqual(
			expect.arrayContaining([
				'transcribe',
				'subtitles',
				'captions',
				'speech to text',
				'translate video',
			]),
		);
	});

	test.each(['n8n-nodes-gcore.gcore', 'n8n-nodes-gcore.gcoreTrigger'])(
		'%s has a link to its documentation that the editor does not break',
		(name) => {
			// The editor adds a query of its own, which breaks a link that has a query or an anchor
			const { url } = typeNamed(name)?.codex?.resources?.primaryDocumentation?.[0] ?? {};
			expect(url).toMatch(/^https:\/\/[^?#]+$/);
		},
	);

	// As the editor asks for them, before a node has run for the first time
	describe.each(['n8n-nodes-gcore.gcore', 'n8n-nodes-gcore.gcoreTool'])('%s', (name) => {
		test.each(OPERATIONS)('has the output schema of %s', async (operation) => {
			const response = await stage().client.file(`schemas/${name}/1.0.0/${operation}.json`);
			expect(response.status).toBe(200);
			expect(await response.json()).toEqual(readSchema(operation));
		});
	});

	test.each([
		['light', 'n8n-nodes-gcore.gcore'],
		['dark', 'n8n-nodes-gcore.gcore'],
		['light', 'n8n-nodes-gcore.gcoreTrigger'],
		['dark', 'n8n-nodes-gcore.gcoreTrigger'],
	] as const)('there is a %s icon of %s', async (theme, name) => {
		const { iconUrl } = typeNamed(name) ?? {};
		const icon = await stage().client.file((iconUrl as Record<typeof theme, string>)[theme]);
		expect(icon.headers.get('content-type')).toMatch('image/svg+xml');
		expect(await icon.text()).toMatch(/<svg/);
	});
});
