/* eslint-disable @n8n/community-nodes/no-restricted-imports -- n8n-core's dependency injection needs it, first */
import 'reflect-metadata';

import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import { createRunExecutionData, Workflow } from 'n8n-workflow';
import type {
	IBinaryKeyData,
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	INode,
	INodeExecutionData,
	INodeType,
	INodeTypes,
	IRun,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import { GcoreApi } from '../../credentials/GcoreApi.credentials';
import { Gcore } from '../../nodes/Gcore/Gcore.node';
import { KEYS } from '../simulator';
import type { Simulator } from '../simulator';

/** The input of a run. */
export interface GcoreRun {
	/** Where the node's requests go, unless the credential says otherwise. */
	simulator: Simulator;
	/** The node's own parameters; resource and operation are Create unless given. */
	parameters: INode['parameters'];
	/** The json of each input item; one empty item unless given. */
	items?: IDataObject[];
	/** The binary fields of each input item; none unless given. */
	binaries?: IBinaryKeyData[];
	/** The credential's fields; the simulator's valid key and its address unless given. */
	credential?: ICredentialDataDecryptedObject;
	/** The node's code; today's unless given. */
	nodeType?: INodeType;
	/** How many times the node runs in the one execution, as in a loop; once unless given. */
	runs?: number;
	/** Settings of the node, such as `onError`. */
	settings?: Partial<INode>;
	/** Given the execution once it runs, to stop it. */
	onStart?: (execution: { cancel(): void }) => void;
}

/** The result of a run. */
export interface GcoreResult {
	/** The node's outputs: the main one and, with `continueErrorOutput`, the error output. */
	outputs: INodeExecutionData[][];
	/** The json of the main output's items. */
	json: IDataObject[];
	/** The error that ended the node, if one did. */
	error: { message: string; description?: string | null; context?: IDataObject } | undefined;
	/** The texts of the execution hints. */
	hints: string[];
	/** The messages that the editor showed while it ran. */
	messages: string[];
	/** The whole run, as n8n would store it. */
	run: IRun;
}

const START = 'Start';
const GCORE = 'Gcore';

/**
 * Returns the items in its parameters: the engine needs a node to start from, and none is published
 * alone.
 */
const start: INodeType = {
	description: {
		displayName: START,
		name: 'start',
		group: ['transform'],
		version: 1,
		description: 'Gives the items of a test',
		defaults: { name: START },
		inputs: [],
		outputs: ['main'],
		properties: [{ displayName: 'Items', name: 'items', type: 'json', default: '' }],
	},

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [JSON.parse(this.getNodeParameter('items', 0) as string) as INodeExecutionData[]];
	},
};

function nodeTypesWith(gcore: INodeType): INodeTypes {
	const types: Record<string, INodeType> = {
		'test.start': start,
		'n8n-nodes-gcore.gcore': gcore,
		'n8n-nodes-gcore.gcoreTool': gcore,
	};
	return {
		getByName: (type) => types[type] as INodeType,
		getByNameAndVersion: (type) => types[type] as INodeType,
		getKnownTypes: () => ({}),
	};
}

/** Runs the Gcore node in n8n's own engine, against the simulator over HTTP. */
export async function runGcore({
	simulator,
	parameters,
	binaries = [],
	items = binaries.length > 0 ? binaries.map(() => ({})) : [{}],
	credential = { apiKey: KEYS.valid, baseUrl: simulator.url },
	nodeType = new Gcore(),
	runs = 1,
	settings = {},
	onStart,
}: GcoreRun): Promise<GcoreResult> {
	const workflow = new Workflow({
		id: 'test',
		active: false,
		nodeTypes: nodeTypesWith(nodeType),
		nodes: [
			node(START, 'test.start', { items: JSON.stringify(inputOf(items, binaries)) }),
			{
				...node(GCORE, 'n8n-nodes-gcore.gcore', {
					resource: 'transcriptionTask',
					operation: 'create',
					...parameters,
				}),
				credentials: { gcoreApi: { id: '1', name: 'Gcore API' } },
				...settings,
			},
		],
		connections: { [START]: { main: [Array(runs).fill({ node: GCORE, type: 'main', index: 0 })] } },
		settings: { executionOrder: 'v1' },
	});
	const messages: string[] = [];
	const data = { ...additionalData(credential), sendDataToUI: messageCollector(messages) };
	const execution = new WorkflowExecute(data, 'manual');
	const running = execution.run({ workflow, startNode: workflow.getNode(START) as INode });
	onStart?.(running);
	return { ...resultOf(await running), messages };
}

function inputOf(items: IDataObject[], binaries: IBinaryKeyData[]): INodeExecutionData[] {
	return items.map((json, index) => {
		const binary = binaries[index];
		return binary ? { json, binary } : { json };
	});
}

function node(name: string, type: string, parameters: INode['parameters']): INode {
	return { id: name, name, type, typeVersion: 1, position: [0, 0], parameters };
}

/** Collects what a node sends to the editor with `sendMessageToUI`. */
function messageCollector(messages: string[]) {
	return (type: string, data: IDataObject | IDataObject[]) => {
		if (type !== 'sendConsoleMessage') return;
		messages.push(
			...[data].flat().flatMap(({ messages: sent }) => (sent as unknown[]).map(String)),
		);
	};
}

function resultOf(run: IRun): Omit<GcoreResult, 'messages'> {
	const task = run.data.resultData.runData[GCORE]?.at(-1);
	const outputs = (task?.data?.['main'] ?? []).map((items) => items ?? []);
	const error = task?.error ?? run.data.resultData.error;
	return {
		outputs,
		json: (outputs[0] ?? []).map(({ json }) => json),
		error: error as GcoreResult['error'],
		hints: (task?.hints ?? []).map(({ message }) => message),
		run,
	};
}

/** What n8n passes to an execution, with a credential for the Gcore API. */
export function additionalData(
	credential: ICredentialDataDecryptedObject,
): IWorkflowExecuteAdditionalData {
	return {
		credentialsHelper: credentialsHelper(credential),
		hooks: new ExecutionLifecycleHooks('manual', '1', {
			id: 'test',
			name: 'test',
			active: false,
			isArchived: false,
			createdAt: new Date(),
			updatedAt: new Date(),
			nodes: [],
			connections: {},
			activeVersionId: null,
		}),
		currentNodeExecutionIndex: 0,
		executionId: '1',
		variables: {},
		webhookWaitingBaseUrl: 'http://127.0.0.1/webhook-waiting',
		formWaitingBaseUrl: 'http://127.0.0.1/form-waiting',
		getRunExecutionData: async () => createRunExecutionData(),
	} as unknown as IWorkflowExecuteAdditionalData;
}

/**
 * Does what n8n's CredentialsHelper does, which is in the package `n8n` and not in `n8n-core`: it
 * calls the credential's own `authenticate`. The real one is proven by the e2e tests.
 */
function credentialsHelper(credential: ICredentialDataDecryptedObject) {
	const { authenticate, properties } = new GcoreApi();
	return {
		getParentTypes: () => [],
		isCredentialUsableByNode: () => true,
		getDecrypted: async () => credential,
		getCredentialsProperties: () => properties,
		preAuthentication: async () => undefined,
		authenticate: async (
			credentials: ICredentialDataDecryptedObject,
			_type: string,
			options: IHttpRequestOptions,
		) => await authenticate(credentials, options),
	};
}

/** Evaluates an expression of the credential, in which `$credentials` holds its fields. */
export function evaluate(expression: string, credentials: ICredentialDataDecryptedObject) {
	const asked = node(GCORE, 'n8n-nodes-gcore.gcore', {});
	const nodeTypes = nodeTypesWith(new Gcore());
	const workflow = new Workflow({ nodes: [asked], connections: {}, active: false, nodeTypes });
	return workflow.expression.getSimpleParameterValue(
		asked,
		expression,
		'internal',
		{ $credentials: credentials },
		undefined,
		'',
	);
}
