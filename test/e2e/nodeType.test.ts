import type { INodeTypeDescription } from 'n8n-workflow';

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

	test.each(['light', 'dark'] as const)('has a %s icon', async (theme) => {
		const { iconUrl } = typeNamed('n8n-nodes-gcore.gcore') ?? {};
		const icon = await stage().client.file((iconUrl as Record<typeof theme, string>)[theme]);
		expect(icon.headers.get('content-type')).toMatch('image/svg+xml');
		expect(await icon.text()).toMatch(/<svg/);
	});
});
