/** The page of limits, with the numbers of the code itself. */
import { SEARCH_LIMIT } from '../nodes/form/listFields';
import { NAME_LIMIT as FILE_NAME_LIMIT } from '../nodes/form/subtitleFields';
import { REPEATED_CHARACTERS } from '../nodes/form/field';
import { LONGEST_SECONDS } from '../nodes/form/options';
import { LISTED_AT_MOST } from '../nodes/Gcore/operations/nodeErrors';
import { NAME_LIMIT as SUBTITLE_NAME_LIMIT } from '../nodes/Gcore/resources/subtitle/addFields';
import { CONVERSION_MS } from '../nodes/Gcore/resources/transcriptionTask/create';
import { LONGEST_REUSE_HOURS } from '../nodes/Gcore/resources/transcriptionTask/createFields';
import {
	PAGE_TIMEOUT_MS,
	READING_MS,
} from '../nodes/Gcore/resources/transcriptionTask/jobs/existing';
import {
	LOOKS_AFTER_MS,
	LOSSES_TOLERATED,
} from '../nodes/Gcore/resources/transcriptionTask/jobs/submit';
import {
	EMPTY_PAGES,
	ROWS as TASK_ROWS,
} from '../nodes/Gcore/resources/transcriptionTask/searchTasks';
import { LISTED_AT_MOST as LISTED_VIDEOS } from '../nodes/Gcore/resources/video/findVideo';
import { ROWS as VIDEO_ROWS } from '../nodes/Gcore/resources/video/searchVideos';
import { TEXT_LIMIT } from '../nodes/Gcore/resources/video/uploadFields';
import { FAILED_POLLS, FAILURES_A_POLL, NOT_FOUND_POLLS } from '../nodes/GcoreTrigger/findFinished';
import { PATIENCE_MS as POLL_PATIENCE_MS } from '../nodes/GcoreTrigger/poll';
import { OUTAGE_TOLERATED_MS } from '../nodes/GcoreTrigger/pollGuard';
import { MOST_PAGES, SHOWN } from '../nodes/GcoreTrigger/samples';
import { MOST_REQUESTS } from '../nodes/GcoreTrigger/readLists';
import { KEPT, SWEEP_EVERY_MS } from '../nodes/GcoreTrigger/state';
import { EDITOR_TIMEOUT_MS } from '../nodes/shared/api/connect';
import { LONGEST_WORDS, MOST_SENDS } from '../nodes/shared/api/errors';
import { USUAL_EFFORT, WRITE_PATIENCE_MS } from '../nodes/shared/api/http';
import { PAGE_SIZE, PAGES_WITHOUT_NEWS } from '../nodes/shared/api/lists';
import {
	LONGEST_PAUSE_MS as LONGEST_REST_MS,
	SHORTEST_PAUSE_MS as SHORTEST_REST_MS,
} from '../nodes/shared/api/pace';
import { FIRST_CONNECTION_PATIENCE_MS } from '../nodes/shared/api/pacedQueue';
import { CLIENT_ENTITY_DATA_LIMIT, CLIENT_USER_ID_LIMIT } from '../nodes/shared/api/types';
import { TIMEOUT_MS as UPLOAD_TIMEOUT_MS } from '../nodes/shared/api/uploadHost';
import { SHORTEST_SECRET } from '../nodes/shared/api/secrets';
import { LARGEST_FILE_BYTES, SUBTITLES_LIMIT_BYTES } from '../nodes/shared/api/videoTypes';
import { MOST_SUGGESTIONS } from '../nodes/shared/languages';
import { SLICE_MS } from '../nodes/shared/pause';
import { POOL_SIZE } from '../nodes/shared/pool';
import { CLOCK_DIFFERENCE_MS } from '../nodes/shared/time';
import { MAX_BYTES, MAX_CHARACTERS } from '../nodes/shared/subtitles/fileName';
import { FINGERPRINTED_BYTES } from '../nodes/shared/videos/fingerprint';
import { FOUND_FOR_MS, LOOK_AFTER_MS } from '../nodes/shared/videos/hosting';
import {
	CHUNK_BYTES,
	FAILURES_TOLERATED as CHUNK_FAILURES,
	LONGEST_PAUSE_MS as LONGEST_UPLOAD_PAUSE_MS,
	LONGEST_WAIT_MS as LONGEST_SERVER_WAIT_MS,
	LOOK_PAUSES_MS,
	SHORTEST_PAUSE_MS as UPLOAD_PAUSE_MS,
	UPLOADS_AT_ONCE,
} from '../nodes/shared/videos/upload';
import { MOST_IDS } from '../nodes/shared/videos/videoOfTask';
import {
	ASKED_AT_ONCE,
	FAILURES_A_ROUND,
	FAILURES_TOLERATED,
	LONGEST_PAUSE_MS,
	REFUSALS_TOLERATED,
	ROUND_EFFORT,
	SHORTEST_PAUSE_MS,
} from '../nodes/shared/waitForGroup';
import { markdownTable } from './table';

/** A bound, its value, what happens at it, and the test that shows it. */
type Limit = readonly [what: string, value: string, atIt: string, test: string];

const N8N_LIMITS = '`test/e2e/n8nLimits.test.ts`';

const engine = (name: string) => `\`test/engine/${name}.test.ts\``;
const unit = (name: string) => `\`test/unit/${name}.test.ts\``;

const REQUESTS: readonly Limit[] = [
	[
		'items worked on, requests that create tasks, and other requests to Gcore, at once',
		`${count(POOL_SIZE)} of each`,
		'the others wait for their turn',
		engine('create'),
	],
	[
		'wait for the answer to one request to Gcore (_Request Timeout_)',
		`60 s, at most ${count(LONGEST_SECONDS)} s; the longest of all items counts`,
		'the answer counts as lost. A higher value is refused',
		engine('limits'),
	],
	[
		'pause after a temporary refusal',
		`${time(SHORTEST_REST_MS)} to ${time(LONGEST_REST_MS)}, and up to a fifth more`,
		'it grows with each refusal and shrinks with each acceptance, unless Gcore names a time',
		unit('pace'),
	],
	[
		'temporary refusals in a row of a request that changes something',
		time(WRITE_PATIENCE_MS),
		'the item fails. If Gcore asks for a longer wait, it fails at once',
		`${engine('limits')}, ${engine('createErrors')}`,
	],
	[
		'temporary refusals in a row of a request that reads',
		time(USUAL_EFFORT.patienceMs),
		'the item fails',
		engine('limits'),
	],
	[
		'temporary refusals in a row of a request that reads, in one round of a wait',
		time(ROUND_EFFORT.patienceMs),
		'the next round asks again',
		engine('limits'),
	],
	[
		'one request, while no request of its kind (creating tasks, or all others) has reached Gcore in this run or poll',
		time(FIRST_CONNECTION_PATIENCE_MS),
		`the request fails: the Base URL is probably wrong. An item fails after the one to three such requests that it takes (3 to 9.5 s); many files wait for each other, ${POOL_SIZE} at a time`,
		engine('createErrors'),
	],
	[
		'tries of a read whose answers are lost',
		`${count(USUAL_EFFORT.tries)}; in one round of a wait ${count(ROUND_EFFORT.tries)}`,
		'the item fails; in a wait, the next round asks again',
		engine('limits'),
	],
	['rows on a page of a list', count(PAGE_SIZE), 'the next page is read', unit('lists')],
	[
		'pages in a row without a new row',
		count(PAGES_WITHOUT_NEWS),
		'the list counts as read, since it would never end',
		unit('lists'),
	],
];

const CREATE: readonly Limit[] = [
	[
		'searches for the task of a lost answer',
		`after ${LOOKS_AFTER_MS.map(time).join(', ')}`,
		`if the task is not there, the request is sent again, at most ${MOST_SENDS} times in all; then the item fails`,
		engine('lostAnswers'),
	],
	[
		"difference between n8n's clock and Gcore's, in a search for the task or the video of a lost answer",
		time(CLOCK_DIFFERENCE_MS),
		'a task or video that is older than the request by more counts as that of another request',
		engine('lostAnswers'),
	],
	[
		'items in a row whose answers are lost for good',
		count(LOSSES_TOLERATED),
		'the rest of the batch is not sent',
		engine('lostAnswers'),
	],
	[
		'reading the list before the first task',
		`${time(READING_MS)}; with _Reuse Existing Task_, and for a file that an earlier run has uploaded, ${time(PAGE_TIMEOUT_MS)} a page`,
		'the batch starts without it; with _Reuse Existing Task_, and for a file that an earlier run has uploaded, the items fail',
		engine('lostAnswers'),
	],
	[
		'wait for room in a full queue (_Max Wait for Room_)',
		'30 min unless set',
		'items without a task fail; the tasks that exist are named',
		engine('load/fullQueue'),
	],
	[
		'_Reuse Within_',
		`${count(LONGEST_REUSE_HOURS)} h`,
		'a higher value is refused',
		engine('reuse'),
	],
	[
		'Client User ID, Client Entity Data',
		`${count(CLIENT_USER_ID_LIMIT)}, ${count(CLIENT_ENTITY_DATA_LIMIT)} characters (Gcore's limits)`,
		'refused before anything is sent',
		engine('create'),
	],
	[
		'bad items that one error lists',
		count(LISTED_AT_MOST),
		'the rest are counted',
		engine('limits'),
	],
];

const WAITING: readonly Limit[] = [
	[
		'_Max Wait_',
		'30 min unless set; no maximum',
		'_When Time Is Up_ decides: a problem, or the task as it stands',
		engine('waiting'),
	],
	[
		'pause between two rounds of a wait',
		`${time(SHORTEST_PAUSE_MS)} to ${time(LONGEST_PAUSE_MS)}, and up to a fifth more`,
		'it grows from round to round',
		engine('waiting'),
	],
	[
		'failed requests in a row for a task or a video',
		count(FAILURES_TOLERATED),
		'the next failure ends its wait, and the problem names it',
		engine('waiting'),
	],
	[
		'"not found" in a row for a task or a video',
		count(REFUSALS_TOLERATED),
		'the next "not found" ends its wait, and the problem names it',
		engine('waiting'),
	],
	[
		'tasks asked for at once in a round',
		count(ASKED_AT_ONCE),
		`the others wait for their turn; if the first ${FAILURES_A_ROUND} requests all fail, the round ends`,
		engine('waiting'),
	],
	['Stop during a wait', time(SLICE_MS), 'the wait ends within this time', unit('pause')],
];

const FILES: readonly Limit[] = [
	[
		'a file',
		`${bytes(LARGEST_FILE_BYTES)} (Gcore's limit)`,
		'refused before a video or a task is made',
		engine('videos/fileInput'),
	],
	[
		'files open and uploaded at once; videos that _Upload_ makes from URLs at once',
		count(UPLOADS_AT_ONCE),
		'the others wait',
		engine('videos/uploads'),
	],
	[
		'one request of an upload',
		bytes(CHUNK_BYTES),
		'the file is sent in pieces',
		engine('videos/fileInput'),
	],
	[
		'wait for the answer to one request to an upload server',
		time(UPLOAD_TIMEOUT_MS),
		'the piece is sent again',
		engine('videos/uploads'),
	],
	[
		'failed requests in a row without progress',
		count(CHUNK_FAILURES),
		'the next failure ends the upload, and its empty video is deleted',
		engine('videos/uploads'),
	],
	[
		'pause after such a failure',
		`${time(UPLOAD_PAUSE_MS)} to ${time(LONGEST_UPLOAD_PAUSE_MS)}, and up to a fifth more`,
		'it doubles with each failure',
		engine('videos/uploads'),
	],
	[
		'checks of the video, if the upload server no longer knows its upload after the last piece',
		`after pauses of ${LOOK_PAUSES_MS.map(time).join(', ')}`,
		'if the video has no file yet, the upload starts again',
		engine('videos/uploads'),
	],
	[
		'search for the video of a lost answer',
		`after ${time(LOOK_AFTER_MS)}`,
		'if the video is not there, the request is sent again',
		engine('videos/uploads'),
	],
	[
		'value of a secret header, or a part of it',
		`${count(SHORTEST_SECRET)} characters or more`,
		'a shorter value is hidden only together with the name of its header',
		engine('videos/videoUpload'),
	],
	[
		'wait that an upload server may ask for',
		time(LONGEST_SERVER_WAIT_MS),
		'the upload fails if it asks for more',
		engine('videos/uploads'),
	],
	[
		'tries of the request that creates a video',
		count(MOST_SENDS),
		'the item fails, and the problem says that there may be an empty video',
		engine('videos/uploads'),
	],
	[
		'conversion of a file or a hosted video',
		`_Max Wait_, which starts again for the tasks; without _Wait for Completion_ ${time(CONVERSION_MS)}`,
		'the item fails, and the problem names the video',
		engine('videos/files'),
	],
	[
		'age of an upload that is found again',
		time(FOUND_FOR_MS),
		'the file is uploaded again',
		engine('videos/videoUpload'),
	],
	[
		'part of a file that is compared, besides its size',
		`the first ${bytes(FINGERPRINTED_BYTES)}`,
		'files that differ only after that count as the same',
		unit('videos/fingerprint'),
	],
	[
		'videos of the same or a similar name that a problem lists',
		count(LISTED_VIDEOS),
		'the rest are left out',
		engine('videos/videos'),
	],
	[
		'_Name_ and _Description_ of _Upload_',
		`${count(TEXT_LIMIT)} characters`,
		'refused before anything is sent',
		engine('limits'),
	],
];

const SUBTITLES: readonly Limit[] = [
	[
		'subtitles to add to a video',
		`${count(SUBTITLES_LIMIT_BYTES / 1e6)} MB (Gcore's limit)`,
		'refused before anything is sent',
		engine('videos/videoSubtitles'),
	],
	[
		'name of subtitles of a video',
		`${count(SUBTITLE_NAME_LIMIT)} characters`,
		'refused before anything is sent',
		engine('limits'),
	],
	[
		'_File Name_ and _Binary Field Prefix_',
		`${count(FILE_NAME_LIMIT)} characters`,
		'refused before anything is sent',
		engine('limits'),
	],
	['_Time Offset_', '-360,000 to 360,000 s', 'refused before anything is sent', engine('layout')],
	[
		'numbers of the layout _Custom_',
		'500 characters a line, 1,000 characters a second, 4 lines, 10 s of gap, 60 s for the shortest cue, 3,600 s for the longest',
		'refused before anything is sent',
		engine('layout'),
	],
	[
		'name of a file, without language and extension',
		`${count(MAX_CHARACTERS)} characters, ${count(MAX_BYTES)} bytes`,
		'the name is cut',
		unit('subtitles/fileName'),
	],
];

const LISTS: readonly Limit[] = [
	[
		'_Search Text_',
		`${count(SEARCH_LIMIT)} characters; in the Gcore Trigger ${count(CLIENT_ENTITY_DATA_LIMIT)}`,
		'refused before anything is sent',
		engine('limits'),
	],
	[
		"rows of the editor's lists",
		`${count(TASK_ROWS)} tasks, ${count(VIDEO_ROWS)} videos`,
		'scrolling reads more',
		engine('searchTasks'),
	],
	[
		'pages of tasks without a match that the editor skips',
		count(EMPTY_PAGES),
		'the list is shown empty. Without a search text, the editor reads on by itself',
		engine('searchTasks'),
	],
	[
		'temporary refusals of a list in the editor, and wait for the answer to one request for it',
		time(EDITOR_TIMEOUT_MS),
		'the list shows the error; a request whose answer is lost is sent twice',
		engine('searchTasks'),
	],
	[
		"Gcore's words in an error",
		`${count(LONGEST_WORDS)} characters`,
		'they are cut',
		unit('errors'),
	],
	[
		'a refused language, choice, number or ID in its error',
		`${count(REPEATED_CHARACTERS)} characters`,
		'it is cut',
		unit('field'),
	],
];

const TRIGGER: readonly Limit[] = [
	[
		'ended tasks that it remembers',
		count(KEPT),
		'the oldest are forgotten, but still not reported twice',
		unit('trigger/oddLists'),
	],
	[
		'temporary refusals in one poll',
		time(POLL_PATIENCE_MS),
		'the poll ends, and the next one goes on',
		engine('trigger'),
	],
	[
		'polls that fail in a row because Gcore is down, busy or out of reach',
		time(OUTAGE_TOLERATED_MS),
		'n8n shows a failed execution from then on; nothing is missed',
		engine('trigger'),
	],
	[
		'polls in a row in which a task is not found',
		count(NOT_FOUND_POLLS),
		'the next such poll gives up on the task, or reports it without its result if the list has it',
		engine('trigger'),
	],
	[
		'polls in a row in which a finished task cannot be fetched',
		count(FAILED_POLLS),
		'the next such poll reports it without its result',
		engine('trigger'),
	],
	[
		'failed requests in a poll in which none succeeds',
		count(FAILURES_A_POLL),
		'the poll asks for no other task',
		engine('trigger'),
	],
	[
		'such polls in a row until a finished task is reported without its result',
		'a day of polls, one a minute',
		'the next one reports it',
		unit('trigger/oddLists'),
	],
	[
		'requests for lists in one poll',
		count(MOST_REQUESTS),
		'the poll fails: the list does not end',
		unit('trigger/oddLists'),
	],
	[
		"numbers of up to 15 digits in a task's client data that are looked up as the ID of a hosted video, if the data contain the word video",
		count(MOST_IDS),
		'the others are not',
		engine('hostedTrigger'),
	],
	[
		'lists whose length has not changed',
		`read again after ${time(SWEEP_EVERY_MS)}`,
		'a task that took the place of a deleted one is found by then',
		unit('trigger/oddLists'),
	],
	[
		'a test run in the editor',
		`${count(SHOWN)} tasks, from ${count(MOST_PAGES)} pages`,
		'no others are shown',
		engine('trigger'),
	],
];

const GCORE: readonly Limit[] = [
	[
		'tasks that wait in its queue',
		'usually 100',
		'Create waits for room',
		engine('load/fullQueue'),
	],
	['requests per second', 'not documented', 'refusals are waited out', engine('load/rateLimit')],
	[
		'results of a task',
		'one month',
		'the task is gone: "Gcore has no task …"',
		engine('operations'),
	],
	['length of a video', 'not documented', "Gcore's reason is reported", engine('operations')],
	[
		'languages',
		'99 for speech',
		`others are refused, and the problem names up to ${MOST_SUGGESTIONS} that are similar`,
		engine('create'),
	],
];

const N8N: readonly Limit[] = [
	[
		'files kept in memory (n8n 1 unless set)',
		'384 MiB',
		'the node that makes the file fails: set `N8N_DEFAULT_BINARY_DATA_MODE=filesystem`',
		N8N_LIMITS,
	],
	[
		'files kept in the database',
		'512 MiB unless set',
		'the node that makes the file fails: raise `N8N_BINARY_DATA_DATABASE_MAX_FILE_SIZE`',
		N8N_LIMITS,
	],
	[
		"files in one submission of n8n's form, all together",
		'200 MiB unless set',
		'n8n refuses the form (n8n 1 starts the workflow without the files, and the node reports that): raise `N8N_FORMDATA_FILE_SIZE_MAX`, in MiB',
		N8N_LIMITS,
	],
	[
		'shutdown',
		'30 s unless set',
		'n8n ends the node; its tasks go on at Gcore, and _Get Many_ finds them',
		N8N_LIMITS,
	],
	[
		"a workflow's time-out",
		'off unless set',
		'the wait ends within a second; in queue mode n8n does not tell the node, which goes on',
		'`test/e2e/stop.test.ts`, `test/e2e-full/queueMode.test.ts`',
	],
	[
		'each of the Poll Times of the trigger',
		'once a minute',
		'n8n refuses a shorter interval; several Poll Times together may poll more often',
		N8N_LIMITS,
	],
	[
		"n8n's Wait node",
		'65 s',
		'a shorter wait holds the execution in memory',
		'`test/e2e-full/parkedWait.test.ts`',
	],
];

const SECTIONS = {
	Requests: REQUESTS,
	Create: CREATE,
	'Wait for Completion': WAITING,
	'Files and hosted videos': FILES,
	Subtitles: SUBTITLES,
	'Lists and errors': LISTS,
	'Gcore Trigger': TRIGGER,
	"Gcore's own": GCORE,
	"n8n's own": N8N,
} satisfies Record<string, readonly Limit[]>;

/** The page `docs/limits.md`. */
export function limitsPage(): string {
	const sections = Object.entries(SECTIONS).map(
		([title, limits]) =>
			`## ${title}\n\n${markdownTable([['limit', 'value', 'what happens at the limit', 'test'], ...limits])}`,
	);
	return `# Limits\n\nEvery limit of the package, and the limits of Gcore and n8n that it meets. Written by \`npm run fields\`. Our own values come from the code, except the defaults and ranges of fields, and sums such as a day of polls.\n\n${sections.join('\n\n')}\n`;
}

function count(value: number): string {
	return value.toLocaleString('en');
}

function time(ms: number): string {
	if (ms < 1000) return `${ms} ms`;
	if (ms < 60_000) return `${ms / 1000} s`;
	if (ms < 3_600_000) return `${ms / 60_000} min`;
	return `${ms / 3_600_000} h`;
}

function bytes(value: number): string {
	if (value >= 1024 ** 3) return `${value / 1024 ** 3} GB`;
	if (value >= 1024 ** 2) return `${value / 1024 ** 2} MiB`;
	return `${value / 1024} KiB`;
}
