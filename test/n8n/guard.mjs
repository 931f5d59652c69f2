/**
 * Runs a command that cannot outlive the process that started it:
 *
 *   node guard.mjs <folder> <command> [...arguments]
 *
 * Our standard input is a pipe from the starter. When it closes, because the starter wants the end
 * or because it has died in whatever way, every process of the command ends, `folder` is removed
 * and so are we. Anything written to it kills every process of the command at once. When the
 * command ends so or by itself we exit with its code, and `folder` stays.
 */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';

const GRACE_MS = 1000;

const [folder, command, ...args] = process.argv.slice(2);

// A process group of its own, so that one signal reaches what the command has started
const child = spawn(command, args, { detached: true, stdio: ['ignore', 'inherit', 'inherit'] });
let starterGone = false;

child.on('error', ({ message }) => {
	process.stderr.write(`${message}\n`);
	process.exit(127);
});
child.on('exit', (code) => {
	signalGroup('SIGKILL');
	if (starterGone) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	process.exit(code ?? 1);
});
process.stdin.on('data', () => signalGroup('SIGKILL'));
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
