import { GcoreError } from '../../nodes/shared/api/errors';
import { Pace } from '../../nodes/shared/api/pace';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

let now = 0;

beforeEach(() => {
	now = 1_000_000;
	jest.spyOn(Date, 'now').mockImplementation(() => now);
	jest.spyOn(Math, 'random').mockReturnValue(0);
});

afterEach(() => jest.restoreAllMocks());

const QUEUE_FULL = new GcoreError('queueFull');
const TOO_MANY = new GcoreError('rateLimited');

/** How many requests a pace admits at once now. */
function widthOf(pace: Pace): number {
	let width = 0;
	while (pace.admits(width)) width += 1;
	return width;
}

const sleepUntil = (pace: Pace) => (now = Math.max(now, pace.restUntil));

test('admits as many as its size while all are accepted', () => {
	const pace = new Pace(50);
	expect(widthOf(pace)).toBe(50);
	for (let i = 0; i < 100; i++) pace.accept(pace.mark());
	expect(widthOf(pace)).toBe(50);
});

describe('after a refusal for want of room', () => {
	test('rests, then admits a quarter', () => {
		const pace = new Pace(50);
		pace.refuse(QUEUE_FULL, pace.mark());
		expect(widthOf(pace)).toBe(0);
		sleepUntil(pace);
		expect(widthOf(pace)).toBe(12);
	});

	test('admits one in the end, and more only after two were accepted', () => {
		const pace = new Pace(50);
		for (let i = 0; i < 3; i++) pace.refuse(QUEUE_FULL, pace.mark());
		sleepUntil(pace);
		expect(widthOf(pace)).toBe(1);
		pace.accept(pace.mark());
		expect(widthOf(pace)).toBe(1);
		pace.accept(pace.mark());
		expect(widthOf(pace)).toBe(3);
		for (let i = 0; i < 100; i++) pace.accept(pace.mark());
		expect(widthOf(pace)).toBe(50);
	});

	test('rests longer each time, up to 15 seconds, and shorter after an acceptance', () => {
		const pace = new Pace(50);
		const rests: number[] = [];
		for (let i = 0; i < 20; i++) {
			pace.refuse(QUEUE_FULL, pace.mark());
			rests.push(pace.restUntil - now);
			sleepUntil(pace);
		}
		expect(rests.slice(0, 3).map(Math.round)).toEqual([50, 75, 113]);
		expect(rests.at(-1)).toBe(15 * SECOND);
		pace.accept(pace.mark());
		pace.refuse(QUEUE_FULL, pace.mark());
		expect(pace.restUntil - now).toBe(9 * SECOND);
	});

	test('takes the refusals of requests that were under way together for one', () => {
		const pace = new Pace(50);
		const mark = pace.mark();
		for (let i = 0; i < 50; i++) pace.refuse(QUEUE_FULL, mark);
		expect(pace.restUntil - now).toBe(50);
	});
});

test('ignores requests that were sent before the last refusal and accepted after it', () => {
	const pace = new Pace(50);
	const mark = pace.mark();
	pace.refuse(QUEUE_FULL, mark);
	for (let i = 0; i < 20; i++) pace.accept(mark);
	expect(pace.refusal).toBe(QUEUE_FULL);
	sleepUntil(pace);
	expect(widthOf(pace)).toBe(12);
});

describe('after a "too many"', () => {
	test('admits half as many, and widens slowly', () => {
		const pace = new Pace(64);
		pace.refuse(TOO_MANY, pace.mark());
		sleepUntil(pace);
		expect(widthOf(pace)).toBe(32);
		for (let i = 0; i < 32; i++) pace.accept(pace.mark());
		expect(widthOf(pace)).toBeLessThanOrEqual(33);
	});

	test('never admits less than one', () => {
		const pace = new Pace(4);
		for (let i = 0; i < 9; i++) {
			pace.refuse(TOO_MANY, pace.mark());
			sleepUntil(pace);
		}
		expect(widthOf(pace)).toBe(1);
	});

	test('rests as long as Gcore asks for', () => {
		const pace = new Pace(64);
		pace.refuse(new GcoreError('rateLimited', { retryAfterMs: 20 * SECOND }), pace.mark());
		expect(pace.restUntil - now).toBe(20 * SECOND);
	});
});

describe('patience', () => {
	test('is exhausted when nothing was accepted for that long', () => {
		const pace = new Pace(10);
		expect(pace.isPatienceExhausted(0)).toBe(false);
		pace.refuse(QUEUE_FULL, pace.mark());
		expect(pace.isPatienceExhausted(0)).toBe(true);
		expect(pace.isPatienceExhausted(MINUTE)).toBe(false);
		now += MINUTE;
		expect(pace.isPatienceExhausted(MINUTE)).toBe(true);
	});

	test('starts anew with each acceptance', () => {
		const pace = new Pace(10);
		pace.refuse(QUEUE_FULL, pace.mark());
		now += MINUTE;
		pace.accept(pace.mark());
		expect(pace.isPatienceExhausted(MINUTE)).toBe(false);
		pace.refuse(QUEUE_FULL, pace.mark());
		expect(pace.isPatienceExhausted(MINUTE)).toBe(false);
	});

	test('is exhausted at once if Gcore asks for a longer rest', () => {
		const pace = new Pace(10);
		pace.refuse(new GcoreError('rateLimited', { retryAfterMs: 10 * MINUTE }), pace.mark());
		expect(pace.isPatienceExhausted(5 * MINUTE)).toBe(true);
		expect(pace.isPatienceExhausted(11 * MINUTE)).toBe(false);
	});

	test('returns when a request gets through after Gcore was out of reach', () => {
		const pace = new Pace(10);
		pace.refuse(new GcoreError('connectionFailed'), pace.mark());
		expect(pace.isPatienceExhausted(0)).toBe(true);
		pace.reach();
		expect(pace.isPatienceExhausted(0)).toBe(false);
	});
});

describe('a refusal', () => {
	test('from before Gcore accepted requests again no longer counts', () => {
		const pace = new Pace(50);
		pace.refuse(TOO_MANY, pace.mark());
		now += 6 * MINUTE;
		pace.refuse(QUEUE_FULL, pace.mark());
		pace.refuse(TOO_MANY, pace.mark());
		expect(pace.isPatienceExhausted(5 * MINUTE)).toBe(false);
	});

	test('that named a time stands until that time', () => {
		const pace = new Pace(50);
		const mark = pace.mark();
		pace.refuse(new GcoreError('rateLimited', { retryAfterMs: 60 * MINUTE }), mark);
		pace.refuse(QUEUE_FULL, mark);
		expect(pace.refusal?.kind).toBe('rateLimited');
		now += 61 * MINUTE;
		pace.refuse(QUEUE_FULL, pace.mark());
		expect(pace.refusal?.kind).toBe('queueFull');
	});
});
