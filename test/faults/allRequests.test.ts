import { setStage } from '../engine/stage';
import { createAndAudit, ITEMS, RATES, videos } from './batch';
import { byChance } from './chance';
import { FAULTS } from './faults';

const simulator = setStage();

describe.each(RATES)('every item has one task or an error, at a rate of %d, after', (rate) => {
	test.each(Object.entries(FAULTS))('%s', async (name, fault) => {
		simulator().options.queueLimit = Infinity;
		simulator().inject({ ...fault, times: Infinity, on: byChance(name, rate) });
		const { findings } = await createAndAudit(simulator(), videos(ITEMS));
		expect(findings).toEqual([]);
	});
});
