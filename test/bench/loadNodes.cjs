/** Prints how long a fresh process takes to load a package's nodes and credentials, in ms. */
const { join } = require('node:path');

// n8n has it loaded long before
require('n8n-workflow');

const folder = process.argv[2];
const { n8n } = require(join(folder, 'package.json'));
const startedAt = performance.now();
for (const file of [...n8n.nodes, ...n8n.credentials]) require(join(folder, file));
process.stdout.write(String(performance.now() - startedAt));
