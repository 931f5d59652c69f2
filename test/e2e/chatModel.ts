/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a server for tests, not part of the package */
import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import Ajv from 'ajv';
import express from 'express';

/** A tool as n8n describes it to the model. */
export interface OfferedTool {
	name: string;
	description: string;
	/** JSON Schema of its arguments. */
	parameters: object & { properties: Record<string, { description?: string }> };
}

/** What the model is asked: the body of a call of OpenAI's API "Chat Completions", as far as tests look at it. */
export interface ChatRequest {
	messages: Array<{ role: 'system' | 'user' | 'assistant' | 'tool'; content: string }>;
	tools: Array<{ type: 'function'; function: OfferedTool }>;
}

/** What the model says: calls of tools, or text that ends its turn. */
export type ChatReply = { call: string; with: Record<string, string> } | string;

/** The model's reply to one request, which may depend on the last tool's answer. */
export type ChatTurn = ChatReply | ((answer: string) => ChatReply);

/** A running chat model. */
export interface ChatModel {
	/** Its base URL, for a credential. */
	url: string;
	/** What it was asked since it was last given a script. */
	requests: ChatRequest[];
	/** What it is to say, one turn a request. */
	plays(script: ChatTurn[]): void;
	stop(): Promise<void>;
}

const ajv = new Ajv({ strict: false });

/**
 * Starts a server of OpenAI's API "Chat Completions" on a free port of 127.0.0.1, whose model says what
 * a script has. It refuses a call that the offered tools do not allow, which a model that keeps to
 * their schemas never makes.
 */
export async function startChatModel(): Promise<ChatModel> {
	const requests: ChatRequest[] = [];
	let turns: ChatTurn[] = [];

	const app = express();
	app.use(express.json({ limit: '10mb' }));
	app.post('/v1/chat/completions', ({ body }, response) => {
		const request = body as ChatRequest;
		requests.push(request);
		try {
			const turn = turns.shift();
			if (turn === undefined) throw new Error('The script has ended');
			const answer = request.messages.at(-1)?.content ?? '';
			response.json(completion(typeof turn === 'function' ? turn(answer) : turn, request));
		} catch (error) {
			response.status(400).json({ error: { message: (error as Error).message } });
		}
	});

	const server = await new Promise<Server>((resolve) => {
		const listening = app.listen(0, '127.0.0.1', () => resolve(listening));
	});
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
		requests,
		plays(script) {
			turns = [...script];
			requests.length = 0;
		},
		async stop() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** @throws Error if the tools offered do not allow the call */
function completion(reply: ChatReply, { tools }: ChatRequest): object {
	if (typeof reply === 'string') return choice({ content: reply }, 'stop');
	const tool = tools.find(({ function: { name } }) => name === reply.call);
	if (!tool) throw new Error(`No tool "${reply.call}" was offered`);
	if (!ajv.validate(tool.function.parameters, reply.with)) throw new Error(ajv.errorsText());
	const call = { name: reply.call, arguments: JSON.stringify(reply.with) };
	const toolCall = { id: randomUUID(), type: 'function', function: call };
	return choice({ content: null, tool_calls: [toolCall] }, 'tool_calls');
}

function choice(message: object, finish_reason: 'stop' | 'tool_calls'): object {
	return {
		id: 'chatcmpl-1',
		object: 'chat.completion',
		created: Math.floor(Date.now() / 1000),
		model: 'scripted',
		choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason }],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
}
