const { dest, parallel, src } = require('gulp');

/** Copies the icons as they are: SVG is text, but gulp must not touch a byte of it. */
function icons() {
	return src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));
}

/** Copies the codex file of each node, which n8n looks for beside the node's code. */
function codex() {
	return src('nodes/**/*.node.json').pipe(dest('dist/nodes'));
}

exports.default = parallel(icons, codex);
