/**
 * Loaded into n8n before it starts. Collects garbage every 3 seconds and notes the bytes that remain,
 * in a file for each process in the folder LIVE_HEAP_FOLDER: lines of "<ms since the epoch> <bytes>".
 */
const { appendFileSync } = require('node:fs');
const { join } = require('node:path');
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');
const file = join(process.env.LIVE_HEAP_FOLDER, String(process.pid));

setInterval(() => {
	collectGarbage();
	appendFileSync(file, `${Date.now()} ${process.memoryUsage().heapUsed}\n`);
}, 3000).unref();
