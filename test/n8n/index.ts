/** The only file of this folder that others import: installing n8n, starting it, driving it. */
export { startN8n } from './host';
export type { N8nHost, N8nOptions } from './host';
export { installN8n } from './install';
export { nodeEnvironment } from './install/nodeRuntime';
export { packPackage, unpackPackage } from './install/package';
export { SetupError } from './install/setupError';
export type { N8nProcess } from './process/n8nProcess';
export { startQueue } from './queue';
export { startWorker } from './queue/worker';
export { N8nClient, setUpOwner } from './restClient';
export type {
	CredentialData,
	CredentialReference,
	CredentialTestResult,
	Execution,
	ExecutionRow,
	Owner,
	WorkflowFile,
} from './restClient';
export { IS_N8N_1, N8N_MAJOR, N8N_VERSION, refuseImage } from './version';
export { outputsOf, withCredential } from './workflows';
