/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- starts processes for tests, not part of the package */
import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

/** A command to run. */
export interface Command {
	/** Its working folder, which is removed if this process ends before the command does. */
	folder: string;
	command: string;
	args: readonly string[];
	env: NodeJS.ProcessEnv;
	/** Another command, to run once this one has ended or was killed. */
	cleanUp?: readonly string[];
}

/**
 * A guarded process. Closing its `stdin` ends it with all processes that it has started and removes
 * its folder; writing the name of a signal to its `stdin` sends it to them, and leaves the folder.
 */
export type GuardedProcess = ChildProcessByStdio<Writable, Readable, Readable>;

/** Starts a command that ends with this process, even if that is killed. See `guard.mjs`. */
export function startGuarded({
	folder,
	command,
	args,
	env,
	cleanUp = [],
}: Command): GuardedProcess {
	const guard = join(__dirname, 'guard.mjs');
	const guarded = spawn(
		process.execPath,
		[guard, folder, JSON.stringify(cleanUp), command, ...args],
		{
			cwd: folder,
			env,
			// Out of reach of the terminal's Ctrl-C, which would end the guard before the command
			detached: true,
		},
	);
	// Writing to a process that has just ended is an error that does no harm
	guarded.stdin.on('error', () => {});
	return guarded;
}

/** Calls `listener` with each piece of text that a process prints. */
export function onOutput(running: GuardedProcess, listener: (text: string) => void): void {
	for (const stream of [running.stdout, running.stderr]) {
		stream.setEncoding('utf8').on('data', listener);
	}
}

/**
 * Runs a command to its end.
 *
 * @returns its exit code, 127 if there is no such command, and all that it printed
 */
export async function runGuarded(command: Command): Promise<{ code: number; output: string }> {
	const running = startGuarded(command);
	let output = '';
	onOutput(running, (text) => (output += text));
	const [code] = (await once(running, 'close')) as [number | null];
	return { code: code ?? 1, output };
}
