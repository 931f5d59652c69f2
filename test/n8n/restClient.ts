/* eslint-disable @n8n/community-nodes/no-restricted-imports -- drives n8n for tests, not part of the package */
import { setTimeout as delay } from 'node:timers/promises';

import type {
	IBinaryData,
	IDataObject,
	INodeListSearchResult,
	INode,
	INodeTypeDescription,
	IRunExecutionData,
	ITaskData,
	IWorkflowBase,
} from 'n8n-workflow';

import type { N8nHost } from './host';
import { IS_N8N_1 } from './version';

/** n8n accepts a session cookie only together with the browser ID that it was issued for. */
const BROWSER = { 'browser-id': 'n8n-nodes-gcore' };

const POLL_INTERVAL_MS = 100;
const EXECUTION_TIMEOUT_MS = 60_000;

/** The owner's account in a fresh n8n. */
export interface Owner {
	email: string;
	/** At least 8 characters, with a number and a capital letter. */
	password: string;
}

/** The fields of the Gcore API credential. */
export interface CredentialData {
	apiKey: string;
	baseUrl: string;
}

/** The result of a credential's test. */
export interface CredentialTestResult {
	status: 'OK' | 'Error';
	message: string;
}

/** A saved credential, as nodes refer to it. */
export type CredentialReference = Pick<IWorkflowBase, 'id' | 'name'>;

/** A workflow, as n8n's editor downloads it. */
export type WorkflowFile = Pick<IWorkflowBase, 'name' | 'nodes' | 'connections' | 'settings'>;

/** How an execution ended. */
type EndStatus = 'success' | 'error' | 'crashed' | 'canceled';

/** An execution in n8n's list. */
export interface ExecutionRow {
	id: string;
	status: EndStatus | 'new' | 'running' | 'waiting';
}

/** An execution that has ended. */
export interface Execution {
	id: string;
	status: EndStatus;
	data: IRunExecutionData;
	/** The run data as n8n stores it. */
	raw: string;
}

/** n8n's report of what its next version breaks in its workflows. */
interface MigrationReport {
	totalWorkflows: number;
	report: { workflowResults: Array<{ ruleTitle: string }> };
}

interface SavedWorkflow {
	id: string;
	versionId: string;
	nodes: INode[];
	staticData?: IDataObject | null;
}

/**
 * Creates the owner's account in a fresh n8n.
 *
 * @returns a client that is logged in as the owner
 */
export async function setUpOwner(host: N8nHost, owner: Owner): Promise<N8nClient> {
	const response = await fetch(`${host.url}/rest/owner/setup`, {
		method: 'POST',
		headers: { ...BROWSER, 'content-type': 'application/json' },
		body: JSON.stringify({ ...owner, firstName: 'Test', lastName: 'Owner' }),
	});
	await dataOf(response);
	const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
	return new N8nClient(host, cookies.join('; '));
}

/**
 * n8n's internal REST API, which its editor uses, in the same way for n8n 1 and 2. Every method throws
 * if n8n answers with an error.
 */
export class N8nClient {
	constructor(
		private readonly host: N8nHost,
		private readonly cookie: string,
	) {}

	async createCredential(data: CredentialData): Promise<CredentialReference> {
		return await this.createCredentialOf('gcoreApi', 'Gcore API', data);
	}

	/** Creates a credential of any type that n8n knows. */
	async createCredentialOf(
		type: string,
		label: string,
		data: object,
	): Promise<CredentialReference> {
		const body = { name: label, type, data };
		const { id, name } = await this.post<CredentialReference>('/rest/credentials', body);
		return { id, name };
	}

	/** Tests a saved credential, as the editor's dialog does. */
	async testCredential(
		{ id, name }: CredentialReference,
		data: CredentialData,
	): Promise<CredentialTestResult> {
		const credentials = { id, name, type: 'gcoreApi', data };
		return await this.post('/rest/credentials/test', { credentials });
	}

	/** @returns the workflow's ID */
	async createWorkflow(workflow: WorkflowFile): Promise<string> {
		const { name, nodes, connections, settings = {} } = workflow;
		const body = { name, nodes, connections, settings, active: false };
		return (await this.post<SavedWorkflow>('/rest/workflows', body)).id;
	}

	/** Gives a node of a saved workflow other parameters. */
	async changeNode(
		workflowId: string,
		nodeName: string,
		parameters: INode['parameters'],
	): Promise<void> {
		const path = `/rest/workflows/${workflowId}`;
		const { versionId, nodes } = await this.get<SavedWorkflow>(path);
		const changed = nodes.map((node) => (node.name === nodeName ? { ...node, parameters } : node));
		await this.request('PATCH', path, { versionId, nodes: changed });
	}

	/** Puts a workflow's webhook or trigger into production. */
	async activate(workflowId: string): Promise<void> {
		const path = `/rest/workflows/${workflowId}`;
		const { versionId } = await this.get<SavedWorkflow>(path);
		if (IS_N8N_1) {
			await this.request('PATCH', path, { active: true, versionId });
		} else {
			await this.post(`${path}/activate`, { versionId });
		}
	}

	/** Takes a workflow out of production. */
	async deactivate(workflowId: string): Promise<void> {
		const path = `/rest/workflows/${workflowId}`;
		const { versionId } = await this.get<SavedWorkflow>(path);
		if (IS_N8N_1) {
			await this.request('PATCH', path, { active: false, versionId });
		} else {
			await this.post(`${path}/deactivate`, {});
		}
	}

	/** The data that a workflow's nodes keep from one execution to the next, as n8n last saved it. */
	async staticData(workflowId: string): Promise<IDataObject> {
		return (await this.get<SavedWorkflow>(`/rest/workflows/${workflowId}`)).staticData ?? {};
	}

	/** The IDs of the workflows in production. */
	async activeWorkflows(): Promise<string[]> {
		return await this.get('/rest/active-workflows');
	}

	/**
	 * Calls a production webhook.
	 *
	 * @returns the body of its response, whether the workflow succeeded or not
	 */
	async callWebhook(path: string, body: object): Promise<unknown> {
		return await (await this.fetch('POST', `/webhook/${path}`, body)).json();
	}

	/**
	 * Runs a workflow as the editor's button "Execute workflow" does.
	 *
	 * @param data the trigger's output, if the editor provides it, as for a chat
	 */
	async runManually(workflowId: string, trigger: string, data?: ITaskData): Promise<Execution> {
		const path = `/rest/workflows/${workflowId}`;
		const workflowData = await this.get<SavedWorkflow>(path);
		const { executionId } = await this.post<{ executionId: string }>(`${path}/run`, {
			workflowData,
			triggerToStartFrom: { name: trigger, ...(data && { data }) },
		});
		return await this.execution(executionId);
	}

	/** Waits for the last execution of a workflow to end. */
	async lastExecution(workflowId: string): Promise<Execution> {
		return await this.execution(await this.lastExecutionId(workflowId));
	}

	/** The ID of a workflow's last execution, whether it has ended or not. */
	async lastExecutionId(workflowId: string): Promise<string> {
		const [last] = await this.executions(workflowId);
		if (!last) throw new Error(`Workflow ${workflowId} has not run yet`);
		return last.id;
	}

	/** The executions of a workflow, at most 100, the newest first. */
	async executions(workflowId: string): Promise<ExecutionRow[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const path = `/rest/executions?limit=100&filter=${filter}`;
		const { results } = await this.get<{ results: ExecutionRow[] }>(path);
		// n8n lists running executions before those that have ended
		return results.sort((a, b) => Number(b.id) - Number(a.id));
	}

	/** Waits for an execution to end. */
	async execution(id: string): Promise<Execution> {
		// A dynamic import, as its types are for an ES module only
		const { parse } = await import('flatted');
		const deadline = Date.now() + EXECUTION_TIMEOUT_MS;
		while (Date.now() < deadline) {
			const { status, data } = await this.get<{ status: string; data: string }>(
				`/rest/executions/${id}`,
			);
			const run = parse(data) as IRunExecutionData | undefined;
			// n8n may report the end of an execution a moment before it has saved the run data
			if (status !== 'new' && status !== 'running' && run?.resultData) {
				return { id, status: status as Execution['status'], data: run, raw: data };
			}
			await delay(POLL_INTERVAL_MS);
		}
		throw new Error(`Execution ${id} has not ended in ${EXECUTION_TIMEOUT_MS / 1000} s`);
	}

	/** Stops an execution, as the editor's button does. */
	async stopExecution(id: string): Promise<void> {
		await this.post(`/rest/executions/${id}/stop`, {});
	}

	/** Retries a failed execution with the workflow as it is now, and waits for the end. */
	async retryExecution(id: string): Promise<void> {
		await this.post(`/rest/executions/${id}/retry`, { loadWorkflow: true });
	}

	/** The text of an item's file, which is in the item itself or in n8n's storage. */
	async textOf({ id, data, fileName = '', mimeType }: IBinaryData): Promise<string> {
		if (id === undefined) return Buffer.from(data, 'base64').toString('utf8');
		const query = new URLSearchParams({ id, action: 'download', fileName, mimeType });
		const response = await this.fetch('GET', `/rest/binary-data?${query.toString()}`);
		if (!response.ok) throw new Error(`n8n answered ${response.status} to a file`);
		return await response.text();
	}

	/** n8n's report of what its next version breaks in its workflows and settings. */
	async migrationReport(version: string): Promise<MigrationReport> {
		return await this.get(`/rest/breaking-changes/report?version=${version}`);
	}

	/** The node types that the editor shows. */
	async nodeTypes(): Promise<INodeTypeDescription[]> {
		const response = await this.fetch('GET', '/types/nodes.json');
		return (await response.json()) as INodeTypeDescription[];
	}

	/** A file that the editor loads, such as an icon. */
	async file(path: string): Promise<Response> {
		return await this.fetch('GET', `/${path}`);
	}

	private async get<Data>(path: string): Promise<Data> {
		return await this.request('GET', path);
	}

	/** The entries of a resource locator's list, as the editor asks for them. */
	async resourceLocatorResults(body: object): Promise<INodeListSearchResult> {
		return await this.post('/rest/dynamic-node-parameters/resource-locator-results', body);
	}

	private async post<Data>(path: string, body: object): Promise<Data> {
		return await this.request('POST', path, body);
	}

	private async request<Data>(method: string, path: string, body?: object): Promise<Data> {
		return await dataOf<Data>(await this.fetch(method, path, body));
	}

	private async fetch(method: string, path: string, body?: object): Promise<Response> {
		return await fetch(this.host.url + path, {
			method,
			headers: { ...BROWSER, cookie: this.cookie, 'content-type': 'application/json' },
			...(body && { body: JSON.stringify(body) }),
		});
	}
}

async function dataOf<Data>(response: Response): Promise<Data> {
	const text = await response.text();
	if (!response.ok) throw new Error(`n8n answered ${response.status} to ${response.url}: ${text}`);
	return (JSON.parse(text) as { data: Data }).data;
}
