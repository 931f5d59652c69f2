import { startSimulator } from '../simulator';
import type { Simulator } from '../simulator';
import { useVirtualClock } from './virtualClock';

/** A video as the create page has it. */
export const VIDEO = 'https://demo-files.gvideo.io/apidocs/spritefright-blender-cut30sec.mp4';

/** Only a test that hangs takes so long in real time, in ms, however busy the machine is. */
const LONGEST_TEST_MS = 120_000;

/**
 * Starts a simulator for the tests of a file, which share a virtual clock with it, and forgets after
 * each test what it did there. A request that is not as Gcore's documentation has it fails the test.
 *
 * @returns the simulator, for use inside of tests
 */
export function setStage(): () => Simulator {
	jest.setTimeout(LONGEST_TEST_MS);
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

	useVirtualClock(stage);

	return stage;
}
