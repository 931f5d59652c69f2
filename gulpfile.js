const { rm } = require('node:fs/promises');

const { dest, parallel, src } = require('gulp');

/** Copies the icons as they are: SVG is text, but gulp must not touch a byte of it. */
function icons() {
	return src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));
}

/** Copies the codex file of each node, which n8n looks for beside the node's code. */
function codex() {
	return src('nodes/**/*.node.json').pipe(dest('dist/nodes'));
}

/** Copies the schema of each operation's output, from which the editor shows fields before a first run. */
function outputSchemas() {
	return src('nodes/*/__schema__/**/*.json', { base: 'nodes' }).pipe(dest('dist/nodes'));
}

/** Removes what an earlier build left, so that nothing deleted is packed. */
async function clean() {
	await rm('dist', { recursive: true, force: true });
}

exports.clean = clean;
exports.default = parallel(icons, codex, outputSchemas);
