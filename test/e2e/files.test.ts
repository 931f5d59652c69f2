/* eslint-disable @n8n/community-nodes/no-restricted-imports -- writes files for a test, not part of the package */
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { outputsOf } from '../n8n';
import { checksum } from '../simulator';
import { readSrt } from '../unit/subtitles/parsers';
import { saveWorkflow, setStage } from './stage';
import { chained, gcoreNode, node } from './workflowParts';

/** More than two chunks. */
const FILE = Buffer.alloc(20 * 1024 ** 2, 'a video of which no byte may get lost ');

const stage = setStage();

beforeAll(async () => {
	const { host, simulator } = stage();
	await writeFile(join(host.filesFolder, 'Talk in München.mkv'), FILE);
	simulator.options.taskDurationMs = simulator.options.videoProcessingMs = 1;
});

/** Reads the file from n8n's disk, in the way that this version of n8n keeps files, and makes its subtitles. */
function workflowOf(path: string) {
	const nodes = [
		node('Webhook', 'n8n-nodes-base.webhook', 2, {
			path,
			httpMethod: 'POST',
			responseMode: 'lastNode',
		}),
		node('File', 'n8n-nodes-base.readWriteFile', 1, {
			fileSelector: `${stage().host.filesFolder}/*.mkv`,
		}),
		gcoreNode('Subtitles', 'create', {
			source: 'file',
			waitForCompletion: true,
			deleteHostedCopy: false,
			alsoTranslateTo: ['ger'],
		}),
	];
	return { name: 'A file from the disk', nodes, connections: chained(nodes) };
}

test('a file that n8n reads from its disk becomes subtitles on its item, in two languages by one upload', async () => {
	const { client, simulator } = stage();
	const path = randomUUID();
	const workflowId = await saveWorkflow(stage(), workflowOf(path));
	await client.activate(workflowId);
	await client.callWebhook(path, {});
	const execution = await client.lastExecution(workflowId);
	const [items = []] = outputsOf(execution, 'Subtitles');
	expect(items.map(({ binary }) => binary?.['srt']?.fileName)).toEqual([
		'Talk in München.eng.srt',
		'Talk in München.ger.srt',
	]);
	for (const { binary } of items) {
		expect(readSrt(await client.textOf(binary!['srt']!))).toHaveLength(3);
	}
	expect(simulator.videos).toHaveLength(1);
	expect(simulator.videos[0]).toMatchObject({
		size: FILE.length,
		checksum: checksum(FILE),
	});
	expect(simulator.violations).toEqual([]);

	await client.callWebhook(path, {});
	expect(simulator.videos).toHaveLength(1);
	expect(simulator.tasks).toHaveLength(2);
});
