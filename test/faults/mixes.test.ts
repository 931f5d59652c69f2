import fc from 'fast-check';

import { runTimeFaster } from '../engine/fastTime';
import { setStage } from '../engine/stage';
import { FACTOR } from './batch';
import { anyMix, play } from './mixes';

const simulator = setStage();

runTimeFaster(FACTOR);

jest.setTimeout(600_000);

test('every item has one task or an error, whatever fails on the way', async () => {
	await fc.assert(
		fc.asyncProperty(anyMix, async (mix) => {
			expect(await play(simulator(), mix)).toEqual([]);
		}),
		{ seed: 4, numRuns: 100, endOnFailure: true },
	);
});
