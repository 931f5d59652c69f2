import type { GcoreClient } from '../../nodes/shared/api/client';
import { eachPage, eachVideoPage, firstRows, readSteadily } from '../../nodes/shared/api/lists';
import type { Task, TaskListQuery, TaskPage } from '../../nodes/shared/api/types';

/** A list whose pages hold the given IDs; each request may show other pages. */
function lister(...readings: string[][][]) {
	const queries: TaskListQuery[] = [];
	let reading = -1;
	return {
		queries,
		async listTasks(query: TaskListQuery): Promise<TaskPage> {
			queries.push(query);
			if (query.page === 1) reading = Math.min(reading + 1, readings.length - 1);
			const pages = readings[reading] ?? [];
			const rows = (pages[query.page - 1] ?? []).map((task_id) => ({ task_id, status: 'SUCCESS' }));
			return {
				rows,
				more: query.page < pages.length,
				count: 0,
				ids: rows.map(({ task_id }) => task_id),
			};
		},
	};
}

const ids = (tasks: readonly Task[]) => tasks.map(({ task_id }) => task_id);

async function allOf(list: ReturnType<typeof lister>): Promise<string[]> {
	const found: string[] = [];
	for await (const { rows } of eachPage(list, {})) found.push(...ids(rows));
	return found;
}

describe('eachPage', () => {
	test('reads on after a page without a new row', async () => {
		expect(await allOf(lister([['a'], ['a'], ['b'], ['b'], ['c']]))).toEqual(['a', 'b', 'c']);
	});

	test('reads on after pages of tasks of other kinds, which are left out', async () => {
		const list = lister([['a'], ['b'], ['c'], ['d']]);
		const listTasks = async (query: TaskListQuery) => {
			const page = await list.listTasks(query);
			return { ...page, rows: page.rows.filter(({ task_id }) => task_id === 'd') };
		};
		expect(ids(await firstRows(eachPage({ listTasks }, {}), 1))).toEqual(['d']);
	});

	test('leaves a list after two pages in a row without a new row', async () => {
		const list = lister([['a'], ['a'], ['a'], ['b']]);
		expect(await allOf(list)).toEqual(['a']);
		expect(list.queries).toHaveLength(3);
	});
});

test('a page has 100 rows', async () => {
	const list = lister([['a']]);
	await allOf(list);
	expect(list.queries).toMatchObject([{ limit: 100 }]);

	const listVideos = jest.fn(async () => ({ rows: [], more: false }));
	const videos = { list: listVideos } as unknown as GcoreClient['videos'];
	await firstRows(eachVideoPage({ videos }, {}), Infinity);
	expect(listVideos).toHaveBeenCalledWith({ page: 1, per_page: 100 });
});

test('firstRows asks for no page that it does not need, and for no more rows than it returns', async () => {
	const list = lister([['a', 'b'], ['c', 'd'], ['e']]);
	expect(ids(await firstRows(eachPage(list, {}, 3), 3))).toEqual(['a', 'b', 'c']);
	expect(list.queries.map(({ page, limit }) => [page, limit])).toEqual([
		[1, 3],
		[2, 3],
	]);
});

describe('readSteadily', () => {
	test('reads a list of several pages again until nothing is new', async () => {
		const list = lister([['a'], ['c']], [['b'], ['c']], [['b'], ['c']]);
		expect(ids(await readSteadily(list, {})).sort()).toEqual(['a', 'b', 'c']);
		expect(list.queries).toHaveLength(6);
	});

	test('reads a list of one page once', async () => {
		const list = lister([['a', 'b']]);
		await readSteadily(list, {});
		expect(list.queries).toHaveLength(1);
	});

	test('stops at the page that is enough', async () => {
		const list = lister([['a'], ['b'], ['c']]);
		const found = await readSteadily(list, {}, ({ rows }) => rows[0]?.task_id === 'b');
		expect(ids(found)).toEqual(['a', 'b']);
	});
});
