import { outputsOf, setUpOwner, startN8n } from '../n8n';
import type { Execution, WorkflowFile } from '../n8n';
import { startSimulator } from '../simulator';
import { readSrt } from '../unit/subtitles/parsers';
import { startChatModel } from './chatModel';
import type { ChatModel } from './chatModel';
import {
	needsAgent,
	needsServices,
	exampleNames,
	nodeNamed,
	readExample,
	TRIGGER,
} from './exampleFiles';
import { startServices } from './services';
import type { Services } from './services';
import { startMailServer } from './services/mail';
import type { MailServer } from './services/mail';
import { OWNER, saveWorkflow, setStageOf } from './stage';
import type { Stage } from './stage';
import { succeeded } from './succeeded';
import { sendForm } from './form';

/** A stage with stand-ins for the services of the examples. */
interface ServiceStage extends Stage {
	services: Services;
	mailServer: MailServer;
	model: ChatModel;
}

const stage = setStageOf<ServiceStage>(async (stopping) => {
	const simulator = stopping(await startSimulator());
	const services = stopping(await startServices());
	const mailServer = stopping(await startMailServer());
	const model = stopping(await startChatModel());
	const host = stopping(await startN8n({ settings: services.settings }));
	const client = await setUpOwner(host, OWNER);
	return { host, client, simulator, services, mailServer, model };
});

const FOLDER = 'folder-1';

/** What to do with each example: prepare its services, run it, and look at what has come to them. */
const CASES: Readonly<Record<string, (example: WorkflowFile) => Promise<void>>> = {
	'drive-folder-to-subtitles.json': async (example) => {
		const { drive } = stage().services;
		drive.files = [driveFile('talk.mov', 'video/quicktime')];
		const trigger = nodeNamed(example, 'New file');
		trigger.parameters['folderToWatch'] = FOLDER;

		await run(example, trigger.name);
		expect(namesIn(FOLDER)).toEqual(['talk.mov', 'talk.eng.srt', 'talk.spa.srt']);
		for (const { content } of drive.files.slice(1)) {
			expect(readSrt(content.toString())).not.toEqual([]);
		}

		drive.files = [driveFile('talk.eng.srt', 'text/plain')];
		const second = await run(example, trigger.name);
		expect(outputsOf(second, 'Subtitles')).toEqual([]);

		drive.files = [driveFile('no-speech.mov', 'video/quicktime')];
		const third = await run(example, trigger.name);
		expect(outputsOf(third, 'Subtitles')[0]).toHaveLength(2);
		expect(namesIn(FOLDER)).toEqual(['no-speech.mov']);

		Object.assign(drive, { files: [driveFile('late.mov', 'video/quicktime')], isFull: true });
		expect(outputsOf(await run(example, trigger.name), 'Failed')[0]).toHaveLength(2);
	},

	'form-to-subtitles-by-mail.json': async (example) => {
		const { client, mailServer, simulator } = stage();
		const workflowId = await save(example);
		await client.activate(workflowId);
		const send = async (name: string) =>
			await sendForm(stage(), nodeNamed(example, 'A video'), {
				'field-0': new File(['a video'], name, { type: 'video/mp4' }),
				'field-1': 'English',
				'field-2': JSON.stringify(['French', 'German']),
				'field-3': 'someone@example.com',
			});

		await send('talk.mov');
		succeeded(await client.lastExecution(workflowId));
		await send('talk.mp3');
		succeeded(await client.lastExecution(workflowId));
		await client.deactivate(workflowId);

		const [files, reason, ...others] = mailServer.mails;
		expect(others).toEqual([]);
		expect(files).toMatchObject({
			subject: 'Subtitles for talk.mov',
			to: { text: 'someone@example.com' },
		});
		expect(files?.attachments.map(({ filename }) => filename)).toEqual([
			'talk.eng.srt',
			'talk.fre.srt',
			'talk.ger.srt',
		]);
		for (const { content } of files!.attachments) {
			expect(readSrt(content.toString())).not.toEqual([]);
		}
		expect(reason).toMatchObject({ subject: 'Subtitles missing for talk.mp3', attachments: [] });
		expect(reason?.text).toContain('only videos');
		expect(simulator.tasks).toHaveLength(3);
	},

	'bucket-to-subtitles.json': async (example) => {
		const { simulator, services } = stage();
		const { bucket } = services;
		setVariable(example, 'Bucket', 'folder', 'videos');
		const put = (...keys: string[]) => keys.forEach((key) => bucket.set(key, Buffer.from(key)));
		const added = async () => {
			const before = new Set(bucket.keys());
			await run(example);
			return [...bucket.keys()].filter((key) => !before.has(key));
		};
		put('videos/bad.MKV', 'videos/archived.mp4');
		simulator.uploads.inject({ does: 'answer', status: 400 });
		expect(await added()).toEqual(['videos/bad.MKV.failed.txt', 'videos/archived.mp4.failed.txt']);
		expect(String(bucket.get('videos/bad.MKV.failed.txt'))).toMatch(/^The upload of/);
		expect(String(bucket.get('videos/archived.mp4.failed.txt'))).not.toContain('undefined');

		put('videos/one.mp4', 'videos/two.MP4', 'videos/two.mov', 'videos/two.SRT', 'three.mp4');
		put('videos/notes.txt', 'videos/no-speech.mp4', 'videos/C++ & 50% more/四.webm');
		expect((await added()).sort()).toEqual([
			'videos/C++ & 50% more/四.srt',
			'videos/no-speech.srt',
			'videos/one.srt',
		]);
		expect(readSrt(String(bucket.get('videos/one.srt')))).not.toEqual([]);
		expect(String(bucket.get('videos/no-speech.srt'))).toBe('');
		expect(simulator.tasks).toHaveLength(3);

		expect(await added()).toEqual([]);
		expect(simulator.tasks).toHaveLength(3);
	},

	'hosted-captions-to-chat.json': async (example) => {
		const { simulator, services } = stage();
		const video = simulator.addVideo({ name: 'Webinar' });
		nodeNamed(example, 'Three languages').parameters['videoId'] = String(video.id);
		nodeNamed(example, 'Tell the team').parameters['channelId'] = 'C0123456789';

		await run(example);
		await run(example);
		expect(simulator.tasks).toHaveLength(3);
		expect(video.subtitles.map(({ language, name }) => `${name} (${language})`).sort()).toEqual([
			'English (eng)',
			'French (fre)',
			'German (ger)',
		]);
		expect(services.calls.map(({ to }) => to)).toEqual(
			Array(2).fill('POST slack.com/api/chat.postMessage'),
		);
		expect(services.calls[0]?.body).toMatchObject({
			channel: 'C0123456789',
			text: expect.stringMatching(
				/^Webinar has captions in English, French, German: https?:\S+$/,
			) as string,
		});
	},

	'summary-chapters-titles.json': async (example) => {
		const { model } = stage();
		const output = {
			summary: 'A forest at night.',
			chapters: [
				{ start: '00:00:00', title: 'The forest' },
				{ start: '00:00:20', title: 'A light' },
			],
			titles: ['Night', 'Forest', 'Light'],
		};
		model.plays([JSON.stringify({ output })]);
		const [[item] = []] = outputsOf(await run(example), 'Description');
		expect(item?.json).toEqual({
			titles: 'Night\nForest\nLight',
			description: 'A forest at night.\n\n00:00:00 The forest\n00:00:20 A light',
		});
		expect(JSON.stringify(model.requests[0]?.messages)).toMatch(/\[00:00:\d\d\]/);
	},

	'youtube-captions-and-burn-in.json': async (example) => {
		await run(example);
		const { calls } = stage().services;
		expect(calls.map(({ to }) => to)).toEqual([
			'POST www.googleapis.com/upload/youtube/v3/captions',
			'POST render.example.com/jobs',
			'PUT www.googleapis.com/captions/1',
		]);
		expect(calls[0]?.body).toMatchObject({
			snippet: { videoId: 'dQw4w9WgXcQ', language: 'en', name: '' },
		});
		expect(readSrt(calls[2]!.body as string)).not.toEqual([]);
		expect(calls[1]?.body).toEqual({
			video_url: expect.stringMatching(/\.mp4$/) as string,
			subtitles: expect.stringContaining('[V4+ Styles]') as string,
		});
	},

	'sheet-of-a-thousand-videos.json': async (example) => {
		const { services, simulator } = stage();
		const { sheet } = services;
		for (const name of ['Rows', 'Write the results']) {
			Object.assign(nodeNamed(example, name).parameters, {
				documentId: { __rl: true, mode: 'id', value: 'document-1' },
				sheetName: { __rl: true, mode: 'id', value: '0' },
			});
		}
		nodeNamed(example, 'A hundred at a time').parameters['batchSize'] = 2;
		sheet.rows = [
			['URL', 'Result', 'Task ID', 'Text'],
			['https://example.com/one.mp4'],
			['https://example.com/done.mp4', 'done'],
			['https://example.com/failure.mp4'],
			['not an address'],
		];

		await run(example);
		const results = () => sheet.rows.slice(1).map(([, result]) => result);
		expect(results()).toEqual([
			'done',
			'done',
			expect.stringContaining('could not be downloaded'),
			expect.stringContaining('Video URL'),
		]);
		expect(sheet.rows[1]).toEqual([
			'https://example.com/one.mp4',
			'done',
			simulator.tasks[0]?.id,
			expect.stringMatching(/\w+/),
		]);
		expect(sheet.writes).toEqual(['RAW', 'RAW']);
		expect(simulator.tasks).toHaveLength(2);

		sheet.rows[1]![1] = '';
		await run(example);
		expect(results()[0]).toBe('done');
		expect(simulator.tasks.map(({ request }) => request.url)).toEqual([
			'https://example.com/one.mp4',
			'https://example.com/failure.mp4',
			'https://example.com/failure.mp4',
		]);
	},
};

function driveFile(name: string, mimeType: string) {
	return { id: name, name, mimeType, parents: [FOLDER], content: Buffer.from('a video') };
}

function namesIn(folder: string): string[] {
	const { files } = stage().services.drive;
	return files.filter(({ parents }) => parents.includes(folder)).map(({ name }) => name);
}

/** Sets a value of a node "Edit Fields". */
function setVariable(example: WorkflowFile, nodeName: string, name: string, value: string): void {
	const { assignments } = nodeNamed(example, nodeName).parameters as unknown as {
		assignments: { assignments: Array<{ name: string; value: string }> };
	};
	assignments.assignments.find((assignment) => assignment.name === name)!.value = value;
}

/** Saves an example with a credential for each of its services. */
async function save(example: WorkflowFile): Promise<string> {
	const { client, services, mailServer, model } = stage();
	const token = { oauthTokenData: { access_token: 'any', token_type: 'Bearer' } };
	const credentials: Record<string, object> = {
		googleDriveOAuth2Api: token,
		googleSheetsOAuth2Api: token,
		youTubeOAuth2Api: token,
		openAiApi: { apiKey: 'any', url: model.url },
		s3: {
			endpoint: services.bucketUrl,
			region: 'eu-west-1',
			accessKeyId: 'any',
			secretAccessKey: 'any',
			forcePathStyle: true,
		},
		slackApi: { accessToken: 'any' },
		smtp: mailServer.credential,
	};
	for (const node of example.nodes) {
		const type = CREDENTIAL_TYPES[node.type];
		if (type === undefined) continue;
		node.credentials = { [type]: await client.createCredentialOf(type, type, credentials[type]!) };
	}
	return await saveWorkflow(stage(), example);
}

/** The type of the credential that a node takes by default. */
const CREDENTIAL_TYPES: Readonly<Record<string, string>> = {
	'@n8n/n8n-nodes-langchain.lmChatOpenAi': 'openAiApi',
	'n8n-nodes-base.emailSend': 'smtp',
	'n8n-nodes-base.googleDrive': 'googleDriveOAuth2Api',
	'n8n-nodes-base.googleDriveTrigger': 'googleDriveOAuth2Api',
	'n8n-nodes-base.googleSheets': 'googleSheetsOAuth2Api',
	'n8n-nodes-base.httpRequest': 'youTubeOAuth2Api',
	'n8n-nodes-base.s3': 's3',
	'n8n-nodes-base.slack': 'slackApi',
};

/** Runs a workflow as the editor does. */
async function run(example: WorkflowFile, from = TRIGGER): Promise<Execution> {
	return succeeded(await stage().client.runManually(await save(example), from));
}

describe('the example workflows that need other services', () => {
	beforeEach(() => {
		const { services, simulator, mailServer } = stage();
		simulator.reset();
		Object.assign(simulator.options, { taskDurationMs: 1, videoProcessingMs: 1 });
		services.bucket.clear();
		services.drive.isFull = false;
		services.calls.length = 0;
		services.sheet.writes.length = 0;
		mailServer.mails.length = 0;
	});

	test('are the examples that this file tests', () => {
		const names = exampleNames().filter((name) => needsServices(name) && !needsAgent(name));
		expect(Object.keys(CASES).sort()).toEqual(names.sort());
	});

	test.each(Object.entries(CASES))('%s does what it says', async (name, check) => {
		await check(readExample(name));
		expect(stage().simulator.violations).toEqual([]);
		expect(stage().simulator.videos.filter(({ name }) => name !== 'Webinar')).toEqual([]);
	});
});
