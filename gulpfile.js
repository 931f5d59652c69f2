const { rm } = require('node:fs/promises');
const { Transform } = require('node:stream');

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

/** Indents the compiled code with tabs, as the source is: with spaces it is a tenth larger. */
function indentation() {
	const indent = new Transform({
		objectMode: true,
		transform(file, _encoding, done) {
			const code = file.contents.toString('utf8');
			const withTabs = code.replace(/^( {4})+/gm, (spaces) => '\t'.repeat(spaces.length / 4));
			file.contents = Buffer.from(withTabs);
			done(null, file);
		},
	});
	return src('dist/{nodes,credentials}/**/*.js').pipe(indent).pipe(dest('dist'));
}

/** Removes what an earlier build left, so that nothing deleted is packed. */
async function clean() {
	await rm('dist', { recursive: true, force: true });
}

exports.clean = clean;
exports.default = parallel(icons, codex, outputSchemas, indentation);
