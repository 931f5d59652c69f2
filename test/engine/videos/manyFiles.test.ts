import type { RecordedRequest } from '../../simulator';
import { binaryOf } from '../binary';
import { runGcore } from '../engine';
import type { GcoreRun } from '../engine';
import { setStage } from '../stage';

const simulator = setStage();

const MINUTE = 60_000;

/** Languages that Gcore translates English into. */
const LANGUAGES =
	'afr ara arm aze bel bos bul cat chi cze dan dut est fin fre geo ger gre heb hin hun ice ind ita jpn'.split(
		' ',
	);

const filesOf = (count: number) =>
	Array.from({ length: count }, (_, i) => ({ data: binaryOf(`file ${i}`, `${i}.mov`) }));

const run = async (count: number, parameters: GcoreRun['parameters'] = {}) =>
	await runGcore({
		simulator: simulator(),
		parameters: { source: 'file', ...parameters },
		binaries: filesOf(count),
	});

const isPatch = ({ method }: RecordedRequest) => method === 'PATCH';
const isCreateTask = ({ method, path }: RecordedRequest) =>
	method === 'POST' && path.endsWith('/ai/tasks');
const isCreateVideo = ({ method, path }: RecordedRequest) =>
	method === 'POST' && path === '/streaming/videos';
const chunks = () => simulator().uploads.requests.filter(isPatch);
const tasks = () => simulator().requests.filter(isCreateTask);

test('the first file is a task before the last is uploaded', async () => {
	Object.assign(simulator().options, { latencyMs: 2000, videoProcessingMs: 1000 });
	const { error } = await run(12);
	expect(error).toBeUndefined();
	const firstTaskAt = tasks()[0]?.at ?? Infinity;
	const isLater = ({ at }: RecordedRequest) => at > firstTaskAt;
	expect(chunks().filter(isLater).length).toBeGreaterThan(0);
	expect(chunks()).toHaveLength(12);
	expect(tasks()).toHaveLength(12);
});

test('files are uploaded while others are converted, though each has many languages', async () => {
	Object.assign(simulator().options, { videoProcessingMs: 10 * MINUTE, queueLimit: 1000 });
	const { json, error } = await run(12, { audioLanguage: 'eng', alsoTranslateTo: LANGUAGES });
	expect(error).toBeUndefined();
	expect(json).toHaveLength(12 * (LANGUAGES.length + 1));
	expect(simulator().tasks).toHaveLength(json.length);
	const times = chunks().map(({ at }) => at);
	expect(times).toHaveLength(12);
	expect(Math.max(...times) - Math.min(...times)).toBeLessThan(MINUTE);
	// The tasks of an item belong to its file
	for (const { video_id, url } of json) {
		const slug = simulator().videos.find(({ id }) => id === video_id)?.slug;
		expect(url).toContain(`_${slug}/`);
	}
});

test('50 files keep to 25 requests a second, each becoming one video and one task', async () => {
	Object.assign(simulator().options, {
		requestsPerSecond: 25,
		latencyMs: 50,
		videoAnswer: 'object',
		uploadLocation: 'relative',
	});
	const { json, error } = await run(50);
	expect(error).toBeUndefined();
	expect(new Set(json.map(({ video_id }) => video_id)).size).toBe(50);
	expect(new Set(json.map(({ task_id }) => task_id)).size).toBe(50);
	expect(simulator().videos).toHaveLength(50);
	expect(simulator().tasks).toHaveLength(50);
	expect(simulator().uploads.mostAtOnce()).toBe(3);
	// Those beyond the 25 were refused for the moment, and sent again
	expect(simulator().requests.filter(isCreateVideo).length).toBeLessThan(100);
});
