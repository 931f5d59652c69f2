import type { INode } from 'n8n-workflow';

import type { Stage } from './stage';

/** Sends a form of a published workflow, as a person's browser does. */
export async function sendForm(
	{ host }: Stage,
	{ webhookId }: INode,
	fields: Record<string, File | string>,
): Promise<void> {
	const form = new FormData();
	for (const [name, value] of Object.entries(fields)) form.append(name, value);
	const response = await fetch(`${host.url}/form/${webhookId}`, { method: 'POST', body: form });
	if (!response.ok) throw new Error(`n8n refused the form: ${await response.text()}`);
}
