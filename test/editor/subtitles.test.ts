import { saveWorkflow } from '../e2e/stage';
import { chained, gcoreNode, node } from '../e2e/workflowParts';
import { closeNode, openNode, openWorkflow, setEditor } from './stage/editor';
import { dragFromInput, execute, outputOf, toggle } from './stage/form';
import { addStep, findGcore, openGcore, openNodesPanelForNextStep } from './stage/nodesPanel';
import { picture, screenshot } from './stage/pictures';

const editor = setEditor();

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
	await picture(page, 'panel', 830, page.getByTestId('node-creator'));
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
	// n8n shows a file in a frame of its own
	const shown = page.waitForEvent('framenavigated', (frame) =>
		frame.url().includes('/rest/binary-data'),
	);
	await page.getByTestId('ndv-view-binary-data').click();
	const file = (await shown).getByText('Where are we going?');
	await file.waitFor();
	expect(await file.innerText()).toContain('00:00:03,000 --> 00:00:06,120');
	await screenshot(page, '13-file');
	await picture(page, 'result', 480, page.getByTestId('node-parameters'), outputOf(editor()));
});
