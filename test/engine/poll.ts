import { additionalData } from './engine';

import { PollContext, WorkflowExecute } from 'n8n-core';
import { Workflow } from 'n8n-workflow';
import type {
	IDataObject,
	INode,
	INodeExecutionData,
	INodeType,
	INodeTypes,
	IPollFunctions,
} from 'n8n-workflow';

import { GcoreTrigger } from '../../nodes/GcoreTrigger/GcoreTrigger.node';
import { KEYS } from '../simulator';
import type { Simulator } from '../simulator';

const TRIGGER = 'Gcore Trigger';

let workflows = 0;

/** A workflow with a Gcore Trigger, which n8n's own engine polls as n8n does. */
export class PolledWorkflow {
	/** The items of each execution that a poll started. */
	readonly executions: INodeExecutionData[][] = [];

	/** What n8n has in its database for the workflow: it saves that at an activation and when a poll emits. */
	saved: IDataObject = {};

	/** The logger that the node writes to. */
	readonly logger: PollContext['logger'];

	private id = `workflow-${++workflows}`;

	private workflow: Workflow;

	private context: PollContext;

	constructor(
		private readonly simulator: Simulator,
		public parameters: INode['parameters'] = {},
		public credential: IDataObject = {},
		private readonly trigger: INodeType = new GcoreTrigger(),
	) {
		this.workflow = this.load();
		this.context = this.newContext();
		this.logger = this.context.logger;
	}

	/** The task IDs of all executions, in their order. */
	get taskIds(): unknown[] {
		return this.executions.flat().map(({ json }) => json['task_id']);
	}

	/** The trigger's saved data, as it is in memory. */
	get data(): IDataObject {
		return this.workflow.getStaticData('node', this.node());
	}

	/** Switches the workflow on: it is loaded from the database, and polled once. */
	async activate(): Promise<void> {
		this.reload();
		await this.poll();
		this.save();
	}

	/** Starts n8n with the workflow: the node, which goes by the workflow's ID, no longer knows it. */
	async restart(): Promise<void> {
		this.id = `workflow-${++workflows}`;
		await this.activate();
	}

	/** One poll as n8n's durable scheduler starts it: each loads the workflow from the database. */
	async pollAnew(): Promise<INodeExecutionData[] | null> {
		this.reload();
		return await this.poll();
	}

	/** One poll, as n8n's timer starts it: it fails with what the node throws. */
	async poll(): Promise<INodeExecutionData[] | null> {
		const context = this.context;
		const result = await this.trigger.poll?.call(context as unknown as IPollFunctions);
		if (!result) return null;
		this.save();
		const [items = []] = result;
		this.executions.push(items);
		return items;
	}

	/** A test run in the editor. */
	async test(): Promise<{ items: INodeExecutionData[]; error?: Error & { description?: string } }> {
		const execution = new WorkflowExecute(this.additionalData(), 'manual');
		const { data } = await execution.run({ workflow: this.workflow, startNode: this.node() });
		const [run] = data.resultData.runData[TRIGGER] ?? [];
		const items = run?.data?.['main']?.[0] ?? [];
		const error = run?.error ?? data.resultData.error;
		return { items, ...(error && { error: error as Error }) };
	}

	private save(): void {
		this.saved = JSON.parse(JSON.stringify(this.workflow.staticData)) as IDataObject;
	}

	private reload(): void {
		this.workflow = this.load();
		this.context = this.newContext();
	}

	private load(): Workflow {
		const nodeTypes: INodeTypes = {
			getByName: () => this.trigger,
			getByNameAndVersion: () => this.trigger,
			getKnownTypes: () => ({}),
		};
		return new Workflow({
			id: this.id,
			active: true,
			nodeTypes,
			nodes: [this.savedNode()],
			connections: {},
			settings: { executionOrder: 'v1' },
			staticData: structuredClone(this.saved),
		});
	}

	/** With the defaults of what is not set, which n8n fills in. */
	private node(): INode {
		return this.workflow.getNode(TRIGGER) as INode;
	}

	private savedNode(): INode {
		return {
			id: 'trigger',
			name: TRIGGER,
			type: 'n8n-nodes-gcore.gcoreTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: { pollTimes: { item: [{ mode: 'everyMinute' }] }, ...this.parameters },
			credentials: { gcoreApi: { id: '1', name: 'Gcore API' } },
		};
	}

	private newContext(): PollContext {
		return new PollContext(
			this.workflow,
			this.node(),
			this.additionalData(),
			'trigger',
			'activate',
		);
	}

	private additionalData() {
		const { url } = this.simulator;
		return additionalData({ apiKey: KEYS.valid, baseUrl: url, ...this.credential } as never);
	}
}
