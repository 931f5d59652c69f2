import { runGuarded } from '../process/guarded';
import { SetupError } from './setupError';

const NO_NPM_EXIT_CODE = 127;

/** Causes that a person can remove, by what npm prints; the first match counts. */
const CAUSES: ReadonlyArray<readonly [RegExp, string]> = [
	[
		/ENOSPC|EDQUOT/,
		'The disk is full. Free some space (n8n needs about 4 GB once), then run this again.',
	],
	[
		/gyp ERR!/,
		'A native add-on of n8n could not be built. Install Python 3 and a C++ compiler (Debian, Ubuntu: apt install python3 make g++; macOS: xcode-select --install), then run this again.',
	],
	[
		/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ERR_SOCKET_TIMEOUT/,
		'The npm registry cannot be reached, and n8n has to be downloaded once. Connect to the internet (or check `npm config get registry` and your proxy), then run this again.',
	],
];

const LAST_LINES = 20;

/**
 * Runs npm to its end.
 *
 * @param folder its working folder, which is removed if this process ends first
 * @returns all that npm printed
 * @throws SetupError if npm fails, with what to do if the cause is known
 */
export async function npm(
	folder: string,
	args: readonly string[],
	env: NodeJS.ProcessEnv,
): Promise<string> {
	const { code, output } = await runGuarded({ folder, command: 'npm', args, env });
	if (code === 0) return output;
	if (code === NO_NPM_EXIT_CODE) {
		throw new SetupError('There is no npm on the PATH. Install Node.js with npm: nodejs.org');
	}
	const cause = CAUSES.find(([pattern]) => pattern.test(output))?.[1] ?? 'npm failed.';
	const lastLines = output.trimEnd().split('\n').slice(-LAST_LINES).join('\n');
	throw new SetupError(`${cause}\n\nnpm ${args.join(' ')} ended with:\n${lastLines}`);
}

/**
 * Fails at once if the registry cannot be reached; an install would take minutes to fail.
 *
 * @throws SetupError
 */
export async function checkRegistry(folder: string, env: NodeJS.ProcessEnv): Promise<void> {
	// Asks for any small package: not every registry answers `npm ping`
	await npm(folder, ['view', 'env-paths', 'version', '--fetch-retries=0'], env);
}
