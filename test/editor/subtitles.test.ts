import { saveWorkflow } from '../e2e/stage';
import { chained, gcoreNode, node } from '../e2e/workflowParts';
import { closeNode, openNode, openWorkflow, setEditor } from './stage/editor';
import { dragFromInput, execute, outputOf, toggle, viewFile } from './stage/form';
import { addStep, findGcore, openGcore, openNodesPanelForNextStep } from './stage/nodesPanel';
import { screenshot } from './stage/pictures';
import { openTaskList, searchTaskList, tasksIn } from './stage/taskList';

const editor = setEditor();

const request = (name: string) => ({
	task_name: 'transcription' as const,
	url: `https://example.com/${name}.mp4`,
});

test('the task_id is dragged into a second Gcore node, whose files can be read in the editor', async () => {
	const { page, simulator } = editor();
	const nodes = [
		node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
		gcoreNode('Create transcription task', 'create', {
			url: 'https://example.com/video.mp4',
			audioLanguage: 'ger',
			subtitlesLanguage: 'eng',
		}),
	].map((each, index) => ({ ...each, position: [index * 220, 0] as [number, number] }));
	const workflow = { name: 'Subtitles', nodes, connections: chained(nodes) };
	await openWorkflow(editor(), await saveWorkflow(editor(), workflow));
	await openNode(editor(), 'Create transcription task');
	await execute(editor(), 'success');
	await closeNode(editor());
	await screenshot(page, '10-canvas');

	await openNodesPanelForNextStep(editor());
	await findGcore(editor(), 'subtitles');
	await openGcore(editor());
	await addStep(editor(), 'Get transcription task subtitles');
	await dragFromInput(editor(), 'task_id', 'taskId');
	await page
		.getByTestId('parameter-expression-preview-taskId')
		.getByText(simulator.tasks[0]!.id)
		.waitFor();
	await toggle(editor(), 'waitForCompletion');
	await screenshot(page, '11-get-subtitles');

	await execute(editor(), 'success');
	await outputOf(editor()).getByText('video.eng.srt').waitFor();
	await screenshot(page, '12-files');
	const text = await viewFile(editor(), 'Where are we going?');
	expect(text).toContain('00:00:03,000 --> 00:00:06,120');
	await screenshot(page, '13-file');
});

test('Get Subtitles takes a task that was found by the name of its video in the list', async () => {
	const { page, simulator } = editor();
	simulator.reset();
	const createdAt = Date.now() - 3_600_000;
	simulator.add({ request: request('talk'), createdAt, durationMs: 1 });
	simulator.add({ request: request('holiday'), createdAt, durationMs: 1 });
	const nodes = [
		node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
		gcoreNode('Get transcription task subtitles', 'getSubtitles', {}),
	].map((each, index) => ({ ...each, position: [index * 220, 0] as [number, number] }));
	const workflow = { name: 'Task from list', nodes, connections: chained(nodes) };
	await openWorkflow(editor(), await saveWorkflow(editor(), workflow));
	await openNode(editor(), 'Get transcription task subtitles');

	await openTaskList(editor());
	const tasks = tasksIn(editor());
	await tasks.filter({ hasText: 'holiday.mp4' }).waitFor();
	await tasks.filter({ hasText: 'talk.mp4' }).waitFor();
	await screenshot(page, '14-task-list');
	await searchTaskList(editor(), 'talk');
	await tasks.filter({ hasText: 'holiday.mp4' }).waitFor({ state: 'hidden' });
	await screenshot(page, '15-task-found');
	await tasks.filter({ hasText: 'talk.mp4' }).click();

	await execute(editor(), 'success');
	await outputOf(editor())
		.getByText(/^talk\..*srt$/)
		.waitFor();
	await screenshot(page, '16-task-picked');
});
