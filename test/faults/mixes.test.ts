import { setStage } from '../engine/stage';
import { playMixes } from './mixes';

const simulator = setStage();

jest.setTimeout(600_000);

test.each([1, 2])('every item has one task or an error in random mixes, seed %d', async (seed) => {
	await playMixes(simulator, seed, 100);
});
