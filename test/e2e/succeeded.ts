import type { Execution } from '../n8n';

/** Expects that an execution succeeded, and returns it. */
export function succeeded(execution: Execution): Execution {
	expect(execution.data.resultData.error).toBeUndefined();
	expect(execution.status).toBe('success');
	return execution;
}
