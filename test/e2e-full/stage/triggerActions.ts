import type { INode } from 'n8n-workflow';

import type { Stage } from '../../e2e/stage';
import { startTrigger, toldBy, triggerWorkflow, untilPolled } from '../../e2e/triggerWorkflow';
import type { Task } from '../../simulator/task';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** Starts the workflow when a task ends in any way. */
const ALL = { triggerOn: ['SUCCESS', 'FAILURE', 'REVOKED'] };

/** Lets a task succeed at a time in ms since the epoch, by default now. */
export function finish(task: Task, at = Date.now()): void {
	task.durationMs = at - task.createdAt;
}

/** Cancels a task at a time in ms since the epoch, by default now. */
export function cancel(task: Task, at = Date.now()): void {
	task.cancelledAt = at;
}

/**
 * The steps of a test of the Gcore Trigger. After each test the workflow is switched off and the
 * simulator is reset.
 */
export function triggerActions(stage: () => Stage) {
	let workflowId = '';

	afterEach(async () => {
		await stage().client.deactivate(workflowId);
		expect(stage().simulator.violations).toEqual([]);
		stage().simulator.reset();
	});

	return {
		/** Adds a task in progress, by default for half an hour. */
		running: (details: Partial<Task> = {}) =>
			stage().simulator.add({
				createdAt: Date.now() - HOUR_MS / 2,
				durationMs: HOUR_MS,
				...details,
			}),
		/** Adds a task that waits in the queue. */
		queued: () => stage().simulator.add({ durationMs: DAY_MS }),
		/** Puts a workflow with the trigger into production. */
		async start(parameters: INode['parameters'] = ALL) {
			workflowId = await startTrigger(stage(), triggerWorkflow(parameters));
			await untilPolled(stage());
		},
		async switchOff() {
			await stage().client.deactivate(workflowId);
		},
		async switchOn() {
			await stage().client.activate(workflowId);
		},
		executions: async () => await stage().client.executions(workflowId),
		lastExecution: async () => await stage().client.lastExecution(workflowId),
		/** The task IDs of each execution, after two more polls, which must not repeat any. */
		async told() {
			await untilPolled(stage());
			await untilPolled(stage());
			const executions = await toldBy(stage(), workflowId);
			return executions.map((items) => items.map(({ json }) => json['task_id']));
		},
		/** The items of all executions. */
		items: async () => (await toldBy(stage(), workflowId)).flat(),
	};
}
