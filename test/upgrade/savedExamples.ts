/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- reads git, not part of the package */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { isResourceLocatorValue } from 'n8n-workflow';
import type { INode, IWorkflowBase } from 'n8n-workflow';

const ROOT = join(__dirname, '..', '..');

/** A git ref, such as the tag of the last release, whose workflows must go on working. */
export const RELEASE_REF = process.env['RELEASE_REF'] || '';
if (!RELEASE_REF) throw new Error('Set RELEASE_REF to the git ref of the last release');

/** The Gcore nodes of the examples at that ref, each with the name of its file. */
export function savedNodes(): Array<[file: string, node: INode]> {
	const files = git('ls-tree', '--name-only', RELEASE_REF, 'examples/').split('\n');
	return files
		.filter((file) => file.endsWith('.json'))
		.flatMap((file) => {
			const { nodes } = JSON.parse(git('show', `${RELEASE_REF}:${file}`)) as IWorkflowBase;
			return nodes
				.filter(({ type }) => type.startsWith('n8n-nodes-gcore.'))
				.map((node): [string, INode] => [`${file} > ${node.name}`, filledIn(node)]);
		});
}

/** A node whose empty lists, from which a person has to choose, have the item's video chosen. */
function filledIn(node: INode): INode {
	const parameters = Object.entries(node.parameters).map(([name, value]) => {
		const isEmptyList = isResourceLocatorValue(value) && value.value === '';
		return [name, isEmptyList ? { ...value, mode: 'id', value: '={{ $json.video_id }}' } : value];
	});
	return { ...node, parameters: Object.fromEntries(parameters) as INode['parameters'] };
}

/** Puts the nodes' code at that ref into a folder, which must be inside the repository to find its modules. */
export function checkOutNodes(folder: string): void {
	const input = run('archive', RELEASE_REF, 'nodes', 'credentials');
	execFileSync('tar', ['-x', '-C', folder], { input });
}

function git(...args: string[]): string {
	return run(...args).toString('utf8');
}

function run(...args: string[]): Buffer {
	return execFileSync('git', args, { cwd: ROOT, maxBuffer: 100_000_000 });
}
