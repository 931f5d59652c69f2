/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- a command for developers, not part of the package */
/**
 * `npm run soak`: an n8n with the Gcore Trigger for an hour, in which its clock and that of the
 * simulator run for two weeks. Ten thousand tasks end in that time, while Gcore fails now and then.
 * Prints whether each was reported once, how n8n's memory grew, and how large the trigger's state was.
 * `--minutes 5` tries it out, with fewer tasks. It works on Linux only.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const DAY_MS = 86_400_000;

/** The clock runs fast only after this time: n8n's starter waits by it. */
const START_MS = 90_000;
const CLOCK = join(__dirname, 'fastClock.cjs');

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '60' } } });
const realMs = Number(values.minutes) * 60_000;

// In a process of its own, since this one has begun with the machine's clock
const soak = spawn(
	process.execPath,
	['--require', CLOCK, '--import', 'tsx', join(__dirname, 'soak.ts')],
	{
		stdio: 'inherit',
		env: {
			...process.env,
			FAST_CLOCK_FROM: String(Date.now() + START_MS),
			FAST_CLOCK_SPEED: String((14 * DAY_MS) / 3_600_000),
			SOAK_MS: String(realMs),
		},
	},
);
soak.on('exit', (code) => process.exit(code ?? 1));
