/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- reads the schemas for tests, not part of the package */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { resources } from '../nodes/Gcore/resources';

const FOLDER = join(__dirname, '..', 'nodes', 'Gcore', '__schema__', 'v1.0.0');

/** A JSON Schema as far as n8n's editor understands it. */
export interface OutputSchema {
	/** The editor shows the first of several. */
	type: string | string[];
	properties?: Record<string, OutputSchema>;
	items?: OutputSchema;
}

/** Every operation, such as `transcriptionTask/create`. */
export const OPERATIONS: readonly string[] = resources.flatMap(({ option, operations }) =>
	operations.map((operation) => `${option.value}/${operation.option.value}`),
);

/** The operations that there is an output schema for. */
export function schemaNames(): string[] {
	return readdirSync(FOLDER, { encoding: 'utf8', recursive: true })
		.filter((name) => name.endsWith('.json'))
		.map((name) => name.replace(/\.json$/, ''));
}

/** The output schema of an operation, as it is in its file. */
export function readSchema(operation: string): OutputSchema {
	return JSON.parse(readFileSync(join(FOLDER, `${operation}.json`), 'utf8')) as OutputSchema;
}
