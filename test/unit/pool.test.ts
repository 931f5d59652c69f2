import { sleep } from 'n8n-workflow';

import { limiter, mapPool, turns } from '../../nodes/shared/pool';

const never = () => false;
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);
const turn = async () => await sleep(1);

test('returns the results in the order of the inputs', async () => {
	const work = async (n: number) => {
		for (let i = 0; i < 10 - n; i++) await turn();
		return n * 2;
	};
	expect(await mapPool(numbers(10), 4, work, never)).toEqual(numbers(10).map((n) => n * 2));
});

test('never works on more at once than its size', async () => {
	let now = 0;
	let most = 0;
	await mapPool(
		numbers(50),
		7,
		async () => {
			most = Math.max(most, ++now);
			await turn();
			now -= 1;
		},
		never,
	);
	expect(most).toBe(7);
});

test('starts nothing more once stopped, and waits for what is under way', async () => {
	let stopped = false;
	const results = await mapPool(
		numbers(10),
		3,
		async (n) => {
			if (n === 1) stopped = true;
			await turn();
			return n;
		},
		() => stopped,
	);
	expect(results).toEqual([0, 1, ...Array(8).fill(undefined)]);
});

test('returns nothing for no inputs', async () => {
	expect(await mapPool([], 5, async () => 1, never)).toEqual([]);
});

describe('a limiter', () => {
	test('runs no more at once than its size, in the order of the calls', async () => {
		const limit = limiter(3);
		const started: number[] = [];
		let now = 0;
		let most = 0;
		const results = await Promise.all(
			numbers(20).map(
				async (n) =>
					await limit(async () => {
						started.push(n);
						most = Math.max(most, ++now);
						await turn();
						now -= 1;
						return n * 2;
					}),
			),
		);
		expect(most).toBe(3);
		expect(started).toEqual(numbers(20));
		expect(results).toEqual(numbers(20).map((n) => n * 2));
	});

	test('has room again after work that failed', async () => {
		const limit = limiter(1);
		const fail = async () => {
			await turn();
			throw new Error('no');
		};
		const failures = numbers(3).map(async () => await limit(fail).catch(() => 'failed'));
		expect(await Promise.all(failures)).toEqual(Array(3).fill('failed'));
		expect(await limit(async () => 'done')).toBe('done');
	});

	test('lets later calls use all of its room', async () => {
		const limit = limiter(2);
		await Promise.all(numbers(5).map(async () => await limit(turn)));
		let now = 0;
		let most = 0;
		const work = async () => {
			most = Math.max(most, ++now);
			await turn();
			now -= 1;
		};
		await Promise.all(numbers(4).map(async () => await limit(work)));
		expect(most).toBe(2);
	});
});

test('turns let work with the same key run one after the other, and other work beside it', async () => {
	const inTurn = turns<string>();
	const log: string[] = [];
	const work = (name: string) => async () => {
		log.push(`${name} starts`);
		await turn();
		log.push(`${name} ends`);
	};
	await Promise.all([inTurn('a', work('a1')), inTurn('a', work('a2')), inTurn('b', work('b'))]);
	expect(log.slice(0, 2).sort()).toEqual(['a1 starts', 'b starts']);
	expect(log.indexOf('a2 starts')).toBeGreaterThan(log.indexOf('a1 ends'));
});
