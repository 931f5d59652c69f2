import { GcoreError } from '../../nodes/shared/api/errors';
import { PacedQueue } from '../../nodes/shared/api/pacedQueue';

const LIMITS = { patienceMs: () => 100, patientSince: 0, isOver: () => false };

test('work that crashes leaves its place to others', async () => {
	const queue = new PacedQueue(1);
	const crash = async () => await Promise.reject(new TypeError('odd'));
	for (let times = 3; times > 0; times--) {
		await expect(queue.run(crash, LIMITS)).rejects.toThrow('odd');
	}
	expect(await queue.run(async () => 'done', LIMITS)).toBe('done');
});

test('work that crashes does not keep a refusal from those that wait', async () => {
	const queue = new PacedQueue(2);
	await expect(
		queue.run(async () => await Promise.reject(new TypeError('odd')), LIMITS),
	).rejects.toThrow();
	const refused = async () => await Promise.reject(new GcoreError('rateLimited'));
	await expect(queue.run(refused, LIMITS)).rejects.toMatchObject({ kind: 'rateLimited' });
});
