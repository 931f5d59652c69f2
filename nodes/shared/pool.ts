/** Requests under way at once. 64 are a tenth faster than 50 (`npm run bench`); more would burden Gcore. */
export const POOL_SIZE = 64;

/**
 * Works through inputs with a bounded number at once.
 *
 * @param inputs worked on in their order
 * @param size how many at once, at most
 * @param work must not reject: a rejection ends the whole pool
 * @param isOver asked before each input; once it returns true no further work starts, and the pool
 *   waits for what is under way
 * @returns the results in the order of the inputs, undefined if the work never started
 */
export async function mapPool<Input, Output>(
	inputs: readonly Input[],
	size: number,
	work: (input: Input) => Promise<Output>,
	isOver: () => boolean,
): Promise<Array<Output | undefined>> {
	const results = new Array<Output | undefined>(inputs.length).fill(undefined);
	const queue = inputs.entries();
	const worker = async () => {
		// All workers draw from the one iterator, so each input is taken once
		for (const [index, input] of queue) {
			if (isOver()) return;
			results[index] = await work(input);
		}
	};
	await Promise.all(Array.from({ length: Math.min(size, inputs.length) }, worker));
	return results;
}

/**
 * A bound on work that starts in many places.
 *
 * @param size how much of it runs at once, at most
 * @returns a function that runs work as soon as there is room, in the order of the calls
 */
export function limiter(size: number) {
	let running = 0;
	const waiting: Array<() => void> = [];
	return async <Result>(work: () => Promise<Result>): Promise<Result> => {
		if (running < size) running += 1;
		else await new Promise<void>((resolve) => waiting.push(resolve));
		try {
			return await work();
		} finally {
			const next = waiting.shift();
			if (next) next();
			else running -= 1;
		}
	};
}

/** @returns a function that runs work with the same key one at a time, in the order of the calls */
export function turns<Key>() {
	const byKey = new Map<Key, ReturnType<typeof limiter>>();
	return async <Result>(key: Key, work: () => Promise<Result>): Promise<Result> => {
		const turn = byKey.get(key) ?? limiter(1);
		byKey.set(key, turn);
		return await turn(work);
	};
}
