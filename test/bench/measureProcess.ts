/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console -- a process of a benchmark, not part of the package */
/** Takes one measure, and sends its rows to `npm run bench`: `measureProcess.ts <name> <runs>`. */
import { MEASURES } from './measures';

async function takeMeasure(): Promise<void> {
	const [name = '', runs] = process.argv.slice(2);
	const rows = await MEASURES[name]?.measure(Number(runs));
	process.send?.(rows);
}

takeMeasure()
	.catch((error: unknown) => {
		console.error(error);
		process.exitCode = 1;
	})
	.finally(() => process.disconnect?.());
