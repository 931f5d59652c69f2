/* eslint-disable @n8n/community-nodes/no-restricted-globals -- shows progress on a terminal, not part of the package */

const REWRITTEN_EVERY_MS = 1000;
const PRINTED_EVERY_MS = 15_000;

/**
 * Shows on standard error that a long step is under way, and for how long: on a terminal in one line
 * that is rewritten, elsewhere in one line every 15 seconds.
 */
export async function withProgress<Result>(
	step: string,
	work: () => Promise<Result>,
): Promise<Result> {
	const { isTTY } = process.stderr;
	const startedAt = Date.now();
	const show = () => {
		const line = `${step} … ${minutes(Date.now() - startedAt)}`;
		process.stderr.write(isTTY ? `\r${line}` : `${line}\n`);
	};
	show();
	const timer = setInterval(show, isTTY ? REWRITTEN_EVERY_MS : PRINTED_EVERY_MS);
	try {
		return await work();
	} finally {
		clearInterval(timer);
		if (isTTY) process.stderr.write('\n');
	}
}

function minutes(ms: number): string {
	const seconds = Math.round(ms / 1000);
	return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
