import { startSimulator } from '../simulator';
import type { Simulator } from '../simulator';

/** A video as the create page has it. */
export const VIDEO = 'https://demo-files.gvideo.io/apidocs/spritefright-blender-cut30sec.mp4';

/**
 * Starts a simulator for the tests of a file, and forgets after each test what it did there. A
 * request that is not as Gcore's documentation has it fails the test.
 *
 * @returns the simulator, for use inside of tests
 */
export function setStage(): () => Simulator {
	let simulator: Simulator | undefined;
	const stage = () => {
		if (!simulator) throw new Error('The simulator is there in tests only, not before');
		return simulator;
	};

	beforeAll(async () => {
		simulator = await startSimulator();
	});

	afterEach(() => {
		expect(stage().violations.splice(0)).toEqual([]);
		stage().reset();
	});

	afterAll(async () => {
		await stage().stop();
	});

	return stage;
}
