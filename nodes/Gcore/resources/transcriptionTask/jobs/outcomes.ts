import { Problem } from '../../../../form/problem';
import { simplifyTask } from '../../../../shared/tasks/task';
import type { Outcome } from '../../../operations/operation';
import { logVideos, videosStay } from '../../video/uploadVideo';
import { isLost } from './job';
import type { Batch, Job } from './job';
import { fileOf, videosOf } from './jobVideo';
import { UnsupportedPair } from './refuse';

/** @returns for each input, an output item or a problem for each of its finished jobs */
export function outcomesOf(batch: Batch, jobs: readonly Job[], inputCount: number): Outcome[][] {
	logStop(batch, jobs);
	const outcomes = Array.from({ length: inputCount }, (): Outcome[] => []);
	for (const job of jobs) {
		const outcome = job.problem ? problemOfJob(batch, jobs, job, job.problem) : outputOf(job);
		if (outcome) outcomes[job.inputIndex]?.push(outcome);
	}
	return outcomes;
}

/** The task's ID and the request as sent, with the task and its subtitles if it was waited for. */
function outputOf(job: Job): Outcome | undefined {
	const { request, record, settings, video, task, subtitles } = job;
	const { taskId, videoId, videoUrl = null, reused = false } = record;
	if (!taskId || (settings.wait && !task)) return undefined;
	const reportsReuse = settings.reuseWithinMs !== undefined || reused;
	const json = {
		...(subtitles?.json ?? (task && simplifyTask(task))),
		task_id: taskId,
		...request,
		...(reportsReuse && { reused }),
		// If the task was reused or created by an earlier try, the request has a placeholder
		...(video && { url: videoUrl }),
		...(videoId !== undefined && { video_id: videoId }),
		...(video?.deletesCopy && { video_deleted: video.isDeleted === true }),
	};
	return subtitles?.binary ? { json, binary: subtitles.binary } : { json };
}

function problemOfJob(batch: Batch, jobs: readonly Job[], job: Job, problem: Problem): Problem {
	// The problem of an unsupported pair names the languages itself
	const suffix = job.language && !(problem instanceof UnsupportedPair);
	const message = suffix ? `${problem.message} (subtitles in ${job.language})` : problem.message;
	const own = copyNotice(job);
	const advice = own ? `${problem.advice} ${own}` : problem.advice;
	if (!batch.context.stopOnProblem) return new Problem(message, advice, problem.details);
	const createdTaskIds = batch.ledger.createdTaskIds();
	const uploadedVideoIds = uploadedIds(jobs);
	const left = leftBehind(createdTaskIds, jobs, job);
	return new Problem(message, [advice, ...left].join(' '), {
		...problem.details,
		createdTaskIds,
		...(uploadedVideoIds.length > 0 && { uploadedVideoIds }),
	});
}

/** Says what a job with a problem leaves in video hosting; undefined if nothing. */
function copyNotice({ video }: Job): string | undefined {
	if (!video || !fileOf(video) || video.id === undefined || video.isDeleted) return undefined;
	return `The file stays in Gcore video hosting as video ${video.id}.`;
}

/** The IDs of the videos that were made of files and are still there. */
function uploadedIds(jobs: readonly Job[]): number[] {
	const copies = videosOf(jobs).filter((video) => fileOf(video) && !video.isDeleted);
	return copies.flatMap(({ id }) => id ?? []);
}

/** What a batch leaves behind at Gcore when a problem ends it, beside the task of that job. */
function leftBehind(createdTaskIds: readonly string[], jobs: readonly Job[], job: Job): string[] {
	const created = createdTaskIds.filter((taskId) => taskId !== job.record.taskId).length;
	const copies = uploadedIds(jobs).filter((id) => id !== job.video?.id).length;
	const lost = jobs.filter((other) => other !== job && isLost(other)).length;
	const sentences = [
		created === 1 && '1 task was created before it: its ID is in the error details.',
		created > 1 && `${created} tasks were created before it: their IDs are in the error details.`,
		videosStay(copies),
		lost > 0 &&
			`Answers that were lost for other items: ${lost}. Look for their tasks with the operation Get Many before you run these items again.`,
	];
	return sentences.filter((sentence) => typeof sentence === 'string');
}

/** n8n drops what a stopped node returns. */
function logStop({ context, ledger }: Batch, jobs: readonly Job[]): void {
	if (!context.cancelSignal?.aborted) return;
	const taskIds = ledger.createdTaskIds();
	if (taskIds.length > 0) {
		context.log(`Gcore: stopped. Tasks created so far: ${taskIds.join(', ')}`);
	}
	logVideos(context, uploadedIds(jobs));
}
