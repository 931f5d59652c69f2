/** Loads the nodes and credentials of a package and prints how long that takes, in ms. */
const { join } = require('node:path');

// n8n has loaded it long before it loads the nodes
require('n8n-workflow');

const folder = process.argv[2];
const { n8n } = require(join(folder, 'package.json'));
const startedAt = performance.now();
for (const file of [...n8n.nodes, ...n8n.credentials]) require(join(folder, file));
process.stdout.write(String(performance.now() - startedAt));
