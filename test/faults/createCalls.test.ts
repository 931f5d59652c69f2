import { setStage } from '../engine/stage';
import type { RecordedRequest } from '../simulator';
import { createAndAudit, createFor, ITEMS, RATES, videos } from './batch';
import { byChance } from './chance';
import { FAULTS, LOST_AFTER, LOST_BEFORE } from './faults';

const simulator = setStage();

/** How often a request is sent before its item is given up. */
const SENDS = 3;

const isPost = ({ method }: RecordedRequest) => method === 'POST';
const urlOf = ({ body }: RecordedRequest) => (body as { url: string }).url;

beforeEach(() => {
	// Without latency, simultaneous losses end as ten in a row, after which nothing is sent
	Object.assign(simulator().options, { queueLimit: Infinity, latencyMs: 300 });
});

/** While the list can be read, the node always finds out what became of a task. */
describe.each(RATES)('no item is given up too early, at a rate of %d, after', (rate) => {
	test.each(Object.entries(FAULTS))('%s', async (name, fault) => {
		let met = 0;
		const chance = byChance(`${name}, 2`, rate);
		const on = (request: RecordedRequest) => {
			const meets = isPost(request) && chance(request);
			if (meets) met += 1;
			return meets;
		};
		simulator().inject({ ...fault, times: Infinity, on });
		const items = videos(ITEMS);
		const { findings, result } = await createAndAudit(simulator(), items);
		expect(findings).toEqual([]);
		expect(met).toBeGreaterThan(0);
		const failed = items.filter((_, index) => result.json[index]?.['error'] !== undefined);
		const sent = simulator().requests.filter(isPost).map(urlOf);
		for (const { url } of failed) {
			expect(sent.filter((other) => other === url).length).toBeGreaterThanOrEqual(SENDS);
		}
		if (!(name in LOST_BEFORE)) expect(failed).toEqual([]);
	});
});

/** Some of the requests whose answers are lost are under way when the node stops. */
test.each(Object.entries(LOST_AFTER))(
	'a node that stops on an error lists every task, after %s',
	async (name, fault) => {
		const items = videos(ITEMS);
		const bad = items[ITEMS / 2]?.url;
		const [refused, lost] = [
			(request: RecordedRequest) => isPost(request) && urlOf(request) === bad,
			byChance(name, 0.1),
		];
		simulator().inject({ does: 'answer', status: 400, body: { error: 'Bad video' }, on: refused });
		simulator().inject({
			...fault,
			times: Infinity,
			on: (request) => isPost(request) && lost(request),
		});
		const { error } = await createFor(simulator(), items, { node: {} });
		expect(error?.message).toContain('Bad video');
		const listed = error?.context?.['createdTaskIds'] as string[];
		const created = simulator().tasks.map(({ id }) => id);
		expect([...listed].sort()).toEqual([...created].sort());
		expect(created.length).toBeLessThan(ITEMS);
	},
);
