import { randomUUID } from 'node:crypto';

import { chained, node } from '../../e2e/workflowParts';
import type { WorkflowFile } from '../../n8n';
import { makeFiles } from '../plumbing/files';
import type { FileSet } from '../plumbing/files';
import { childOf, forgetSystemPeak, systemNowMb, systemPeakMb } from '../plumbing/memory';
import { median, spread } from '../plumbing/report';
import type { Row } from '../plumbing/report';
import { startSink } from '../plumbing/sink';
import { onStage } from '../plumbing/stage';
import type { Stage } from '../plumbing/stage';
import { SUBJECT } from '../plumbing/subjects';
import type { Subject } from '../plumbing/subjects';

const TIME_RATIO_LIMIT = 0.6;
const MORE_MEMORY_LIMIT_MB = 200;

const SETS: readonly FileSet[] = [
	{ label: 'one file of 1 GB', count: 1, bytes: 1024 ** 3 },
	{ label: '200 files of 5 MB', count: 200, bytes: 5_000_000 },
];

/** What one upload of a set took. */
interface Upload {
	ms: number;
	/** How much more memory n8n had at its peak than before. */
	moreMb: number;
}

/** Files on n8n's disk, uploaded by the Gcore node and by the HTTP Request node, in turn. */
export async function uploads(runs: number): Promise<Row[]> {
	const rows: Row[] = [];
	for (const set of SETS) rows.push(...(await uploadsOf(set, runs)));
	return rows;
}

async function uploadsOf(set: FileSet, runs: number): Promise<Row[]> {
	const files = await makeFiles(set);
	const sink = await startSink();
	try {
		const ours: Upload[] = [];
		const theirs: Upload[] = [];
		for (let run = 0; run < runs; run++) {
			ours.push(await uploadOnce(files.folder, gcoreUpload));
			theirs.push(await uploadOnce(files.folder, httpUpload(sink.url)));
		}
		const ratios = ours.map(({ ms }, run) => ms / (theirs[run]?.ms ?? NaN));
		const moreMb = ours.map((upload) => upload.moreMb);
		return [
			{
				label: `${set.label}: time in the node`,
				gcore: spread(seconds(ours), ' s', 2),
				httpRequest: spread(seconds(theirs), ' s', 2),
			},
			{
				label: 'that time as a ratio, Gcore / HTTP Request, run by run',
				gcore: spread(ratios, '', 2),
				target: { text: `≤ ${TIME_RATIO_LIMIT}`, isMet: median(ratios) <= TIME_RATIO_LIMIT },
			},
			{
				label: 'memory that n8n takes from the system for it, at its peak',
				gcore: spread(moreMb, ' MB'),
				httpRequest: spread(
					theirs.map((upload) => upload.moreMb),
					' MB',
				),
				target: {
					text: `≤ ${MORE_MEMORY_LIMIT_MB} MB`,
					isMet: median(moreMb) <= MORE_MEMORY_LIMIT_MB,
				},
			},
		];
	} finally {
		await sink.stop();
		await files.remove();
	}
}

/** Uploads all files of a folder in an n8n of its own, whose memory nothing else has touched. */
async function uploadOnce(folder: string, subject: Subject): Promise<Upload> {
	return await onStage(
		async (stage) => {
			const path = randomUUID();
			const workflowId = await stage.client.createWorkflow(
				workflowOf(path, folder, subject(stage)),
			);
			await stage.client.activate(workflowId);
			const n8n = await childOf(stage.host.guardId());
			const beforeMb = await systemNowMb(n8n);
			await forgetSystemPeak(n8n);
			await stage.client.callWebhook(path, {});
			const { data } = await stage.client.lastExecution(workflowId);
			const [run] = data.resultData.runData[SUBJECT] ?? [];
			if (!run || data.resultData.error) throw new Error(JSON.stringify(data.resultData.error));
			return { ms: run.executionTime, moreMb: (await systemPeakMb(n8n)) - beforeMb };
		},
		{
			settings: {
				N8N_RESTRICT_FILE_ACCESS_TO: folder,
				// As in n8n 2: n8n 1 keeps files in memory unless set, which has no room for 1 GB
				N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
			},
		},
	);
}

function workflowOf(path: string, folder: string, subject: ReturnType<Subject>): WorkflowFile {
	const nodes = [
		node('Webhook', 'n8n-nodes-base.webhook', 2, {
			path,
			httpMethod: 'POST',
			responseMode: 'lastNode',
			options: { responseData: '' },
		}),
		node('Files', 'n8n-nodes-base.readWriteFile', 1, { fileSelector: `${folder}/*.mp4` }),
		subject,
	];
	return { name: `Uploads, ${path}`, nodes, connections: chained(nodes) };
}

const gcoreUpload: Subject = ({ credential }: Stage) => ({
	...node(SUBJECT, 'n8n-nodes-gcore.gcore', 1, { resource: 'video', operation: 'upload' }),
	credentials: { gcoreApi: credential },
});

/** The alternative without this package: n8n's HTTP Request node, to a server that reads as much. */
function httpUpload(url: string): Subject {
	return () =>
		node(SUBJECT, 'n8n-nodes-base.httpRequest', 4.2, {
			method: 'PUT',
			url,
			sendBody: true,
			contentType: 'binaryData',
			inputDataFieldName: 'data',
			options: {},
		});
}

function seconds(uploads: readonly Upload[]): number[] {
	return uploads.map(({ ms }) => ms / 1000);
}
