/* eslint-disable @n8n/community-nodes/no-restricted-imports -- n8n's own storage of files, and the folder that it writes into */
import 'reflect-metadata';

import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import { Container } from '@n8n/di';
import { BinaryDataService } from 'n8n-core';
import type { BinaryDataConfig, ErrorReporter } from 'n8n-core';
import type { Logger, IBinaryData } from 'n8n-workflow';

import { binaryOf } from '../binary';

type StoreFile = (
	content: Buffer,
	fileName?: string,
	mimeType?: string,
) => Promise<IBinaryData & { id: string }>;

/** What tests do with files that n8n keeps on the disk. */
interface StoredFiles {
	/** Stores a file as the node before would, and returns what an item has of it. */
	store: StoreFile;
	/** Makes a stored file this long, without filling the disk. */
	stretch(file: { id: string }, size: number): Promise<void>;
	/** The most files that were open at once since the test began. */
	mostOpen(): number;
	/** How many files are open. */
	open(): number;
	/** Lets every reading of a file in this test hang, after the first ones. */
	hangAfter(readings: number): void;
	/** Takes a stored file away, as n8n does with an execution that is too old. */
	lose(file: { id: string }): Promise<void>;
}

/** Gives the tests of a file n8n's storage in `filesystem` mode, which is usual since n8n 2. */
export function useStoredFiles(): () => StoredFiles {
	let folder = '';
	let service: BinaryDataService;
	let usual: BinaryDataService;
	let open = 0;
	let most = 0;
	let readingsLeft = Infinity;

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'n8n-nodes-gcore-files-'));
		const config = { mode: 'filesystem', localStoragePath: folder } as BinaryDataConfig;
		const silent = { error: () => undefined, warn: () => undefined };
		service = new BinaryDataService(
			config,
			silent as unknown as ErrorReporter,
			silent as unknown as ConstructorParameters<typeof BinaryDataService>[2] & Logger,
		);
		await service.init();
		usual = Container.get(BinaryDataService);
		Container.set(BinaryDataService, service);
		const { getAsStream } = service;
		service.getAsStream = async (...args) => {
			const hangs = readingsLeft-- <= 0;
			const stream = hangs
				? new Readable({ read: () => undefined })
				: await getAsStream.apply(service, args);
			most = Math.max(most, ++open);
			stream.once('close', () => (open -= 1));
			return stream;
		};
	});

	beforeEach(() => {
		most = open = 0;
		readingsLeft = Infinity;
	});

	afterAll(async () => {
		Container.set(BinaryDataService, usual);
		await rm(folder, { recursive: true });
	});

	const files: StoredFiles = {
		async store(content, fileName, mimeType) {
			const location = { type: 'execution' as const, workflowId: 'test', executionId: '1' };
			const stored = await service.store(location, content, binaryOf('', fileName, mimeType));
			return { ...stored, id: String(stored.id) };
		},
		async stretch({ id }, size) {
			const path = service.getPath(id);
			await truncate(path, size);
			const metadata = JSON.parse(await readFile(`${path}.metadata`, 'utf8')) as object;
			await writeFile(`${path}.metadata`, JSON.stringify({ ...metadata, fileSize: size }));
		},
		mostOpen: () => most,
		open: () => open,
		hangAfter: (readings) => void (readingsLeft = readings),
		async lose({ id }) {
			await rm(service.getPath(id));
		},
	};
	return () => files;
}
