/**
 * Runs a command that cannot outlive its starter:
 *
 *   node guard.mjs <folder> <clean-up> <command> [...arguments]
 *
 * The standard input is a pipe from the starter:
 * - If the pipe closes, because the starter closed it or died, all processes of the command end,
 *   `folder` is removed and the guard exits.
 * - The name of a signal in the pipe, such as SIGKILL, sends that signal to all processes of the command.
 *
 * If the command ends by itself or is killed, the guard exits with its code and leaves `folder`. However
 * it ended, the clean-up, a JSON list of another command and its arguments, is run first.
 */
import { spawn, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';

const GRACE_MS = 1000;

const [folder, cleanUp, command, ...args] = process.argv.slice(2);
const [cleanUpCommand, ...cleanUpArgs] = JSON.parse(cleanUp);

// In a process group of its own, so that a signal reaches all processes that the command has started
const child = spawn(command, args, { detached: true, stdio: ['ignore', 'inherit', 'inherit'] });
let starterGone = false;

child.on('error', ({ message }) => {
	process.stderr.write(`${message}\n`);
	process.exit(127);
});
child.on('exit', (code) => {
	signalGroup('SIGKILL');
	if (cleanUpCommand) spawnSync(cleanUpCommand, cleanUpArgs);
	if (starterGone) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	process.exit(code ?? 1);
});
process.stdin.setEncoding('utf8').on('data', signalGroup);
process.stdin.on('close', () => {
	starterGone = true;
	signalGroup('SIGTERM');
	setTimeout(() => signalGroup('SIGKILL'), GRACE_MS);
});

function signalGroup(signal) {
	try {
		process.kill(-child.pid, signal);
	} catch {
		// The group has no process left
	}
}
