import { runTimeFaster } from '../engine/fastTime';
import { setStage } from '../engine/stage';
import { FACTOR } from './batch';
import { playMixes } from './mixes';

const simulator = setStage();

runTimeFaster(FACTOR);

jest.setTimeout(600_000);

test.each([1, 2])('every item has one task or an error in random mixes, seed %d', async (seed) => {
	await playMixes(simulator, seed, 100);
});
