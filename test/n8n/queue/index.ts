import { randomUUID } from 'node:crypto';

import { HOST } from '../process/freePort';
import { DB_USER, startPostgres } from './postgres';
import { startRedis } from './redis';

/** The database and the queue that the processes of an n8n in queue mode share. */
export interface Queue {
	/** The environment variables that each process needs. */
	settings: Record<string, string>;
	stop(): Promise<void>;
}

/**
 * Starts PostgreSQL and Redis for an n8n in queue mode, on 127.0.0.1.
 *
 * @throws SetupError if PostgreSQL or Redis is missing
 */
export async function startQueue(): Promise<Queue> {
	const redis = await startRedis();
	const postgres = await startPostgres().catch(async (error: unknown) => {
		await redis.stop();
		throw error;
	});
	return {
		settings: {
			EXECUTIONS_MODE: 'queue',
			N8N_ENCRYPTION_KEY: randomUUID(),
			QUEUE_BULL_REDIS_HOST: HOST,
			QUEUE_BULL_REDIS_PORT: String(redis.port),
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: HOST,
			DB_POSTGRESDB_PORT: String(postgres.port),
			DB_POSTGRESDB_USER: DB_USER,
			DB_POSTGRESDB_DATABASE: 'postgres',
		},
		async stop() {
			await postgres.stop();
			await redis.stop();
		},
	};
}
