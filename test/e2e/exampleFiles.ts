/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- reads the examples, not part of the package */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { INode } from 'n8n-workflow';

import type { WorkflowFile } from '../n8n';

const FOLDER = join(__dirname, '..', '..', 'examples');

/** The trigger of the examples that a person starts. */
export const TRIGGER = "When clicking 'Execute workflow'";

/** The names of all files with an example. */
export function exampleNames(): string[] {
	return readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
}

/** An example as it is in its file. The caller may change it. */
export function readExample(name: string): WorkflowFile {
	return JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as WorkflowFile;
}

/** Nodes that reach no server but Gcore's. */
const NEEDS_NO_SERVICE =
	/^n8n-nodes-(gcore|base\.(stickyNote|manualTrigger|set|if|noOp|wait|executeWorkflowTrigger)$)/;

/** Whether an example has nodes that need other services than Gcore, or a person at a form. */
export function needsServices(name: string): boolean {
	return readExample(name).nodes.some(({ type }) => !NEEDS_NO_SERVICE.test(type));
}

/** Whether an example has an AI agent, which needs a chat model to talk to. */
export function needsAgent(name: string): boolean {
	return readExample(name).nodes.some(({ type }) => type === '@n8n/n8n-nodes-langchain.agent');
}

/** @throws Error if the workflow has no such node */
export function nodeNamed({ nodes }: WorkflowFile, name: string): INode {
	const found = nodes.find((node) => node.name === name);
	if (!found) throw new Error(`There is no node "${name}"`);
	return found;
}
