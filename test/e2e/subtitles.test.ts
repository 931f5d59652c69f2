/* eslint-disable @n8n/community-nodes/no-restricted-imports -- reads what n8n has written, not part of the package */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { outputsOf } from '../n8n';
import type { WorkflowFile } from '../n8n';
import { readSrt, readWebVtt } from '../unit/subtitles/parsers';
import { saveWorkflow, setStage } from './stage';
import { chained, gcoreNode, node } from './workflowParts';

const stage = setStage();

const TASK_MS = 2000;

const FILE_NAME = 'forest.ger.srt';

const CUES = [
	{ start: 0, end: 2500, text: 'Come on, come on.' },
	{ start: 3000, end: 6120, text: 'Where are we going?\nTo the forest!' },
	{ start: 7250, end: 10_000, text: 'I can see the light.' },
];

/** Creates a task and waits for it, gets its subtitles, writes the SRT to a folder and reads it back. */
function fileWorkflow(folder: string): WorkflowFile {
	const nodes = [
		node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
		gcoreNode('Create', 'create', {
			url: 'https://example.com/forest.mp4',
			audioLanguage: 'ger',
			waitForCompletion: true,
		}),
		gcoreNode('Subtitles', 'getSubtitles', {
			taskId: '={{ $json.task_id }}',
			formats: ['srt', 'vtt'],
		}),
		node('Write', 'n8n-nodes-base.readWriteFile', 1, {
			operation: 'write',
			fileName: `=${folder}/{{ $binary.srt.fileName }}`,
			dataPropertyName: 'srt',
		}),
		node('Read', 'n8n-nodes-base.readWriteFile', 1, {
			operation: 'read',
			fileSelector: '={{ $json.fileName }}',
		}),
	];
	return { name: 'Subtitles on disk', nodes, connections: chained(nodes) };
}

describe('subtitles from the video to the disk', () => {
	test('are the same for n8n, for the file system and for other parsers', async () => {
		const { client, host, simulator } = stage();
		simulator.options.taskDurationMs = TASK_MS;
		const workflowId = await saveWorkflow(stage(), fileWorkflow(host.filesFolder));
		const execution = await client.runManually(workflowId, 'Start');

		expect(execution.status).toBe('success');
		const taskId = simulator.tasks[0]?.id;
		expect(outputsOf(execution, 'Create')[0]?.[0]?.json).toMatchObject({
			task_id: taskId,
			status: 'SUCCESS',
		});
		const [subtitles] = outputsOf(execution, 'Subtitles')[0] ?? [];
		expect(subtitles?.json).toMatchObject({ task_id: taskId, language: 'ger', cue_count: 3 });
		const { srt, vtt } = subtitles?.binary ?? {};
		expect([srt?.fileName, vtt?.fileName]).toEqual([FILE_NAME, 'forest.ger.vtt']);
		expect(readWebVtt(await client.textOf(vtt!))).toEqual(CUES);

		expect(await readdir(host.filesFolder)).toEqual([FILE_NAME]);
		const written = await readFile(join(host.filesFolder, FILE_NAME), 'utf8');
		expect(readSrt(written)).toEqual(CUES);
		expect(await client.textOf(srt!)).toBe(written);
		const [readBack] = outputsOf(execution, 'Read')[0] ?? [];
		expect(await client.textOf(readBack!.binary!['data']!)).toBe(written);
		expect(simulator.violations).toEqual([]);
	});
});
