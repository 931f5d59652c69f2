import { binaryOf } from '../engine/binary';
import { runGcore } from '../engine/engine';
import { setStage } from '../engine/stage';
import { checksum } from '../simulator';
import type { UploadFault } from '../simulator/faults';
import { RATES } from './batch';
import { byChance } from './chance';
import { FAULTS } from './faults';
import { auditFiles } from './fileAudit';

const simulator = setStage();

const ITEMS = 60;

const FILES = Array.from({ length: ITEMS }, (_, index) => {
	const content = Buffer.alloc(1000, `file ${index} `);
	return {
		name: `${index}.mov`,
		content,
		checksum: checksum(content),
	};
});

/** What happens to requests to the upload host alone. */
const UPLOAD_FAULTS: Readonly<Record<string, UploadFault>> = {
	'a reset before processing': { does: 'reset' },
	'a reset after processing': { does: 'reset', processed: true },
	'a chunk that is cut, its bytes taken': { does: 'cut', afterBytes: 400, processed: true },
	'a chunk that is cut, its bytes lost': { does: 'cut', afterBytes: 400 },
	'409': { does: 'answer', status: 409 },
	'429 with Retry-After': { does: 'answer', status: 429, headers: { 'Retry-After': '2' } },
	'502 after processing': { does: 'answer', status: 502, processed: true },
	'silence before processing': { does: 'silence' },
};

/** Creates a task for each file, and compares the outputs with what Gcore has then. */
async function uploadAndAudit() {
	simulator().options.queueLimit = Infinity;
	const result = await runGcore({
		simulator: simulator(),
		parameters: { source: 'file' },
		binaries: FILES.map(({ name, content }) => ({ data: binaryOf(content, name) })),
		settings: { onError: 'continueRegularOutput' },
	});
	const { tasks, videos } = simulator();
	return { result, findings: auditFiles({ files: FILES, result, tasks, videos }) };
}

describe.each(RATES)(
	'each file has one video and one task or an error, at a rate of %d,',
	(rate) => {
		test.each(Object.entries(FAULTS))('after %s of the API', async (name, fault) => {
			simulator().inject({ ...fault, times: Infinity, on: byChance(name, rate) });
			expect((await uploadAndAudit()).findings).toEqual([]);
		});

		test.each(Object.entries(UPLOAD_FAULTS))('after %s of the upload host', async (name, fault) => {
			simulator().uploads.inject({ ...fault, times: Infinity, on: byChance(name, rate) });
			expect((await uploadAndAudit()).findings).toEqual([]);
		});
	},
);

test('a rate of one in a hundred costs no file', async () => {
	simulator().inject({ does: 'reset', times: Infinity, on: byChance('few', 0.01) });
	simulator().uploads.inject({ does: 'reset', times: Infinity, on: byChance('few', 0.01) });
	const { result, findings } = await uploadAndAudit();
	expect(findings).toEqual([]);
	expect(result.json.filter(({ task_id }) => task_id)).toHaveLength(ITEMS);
});
