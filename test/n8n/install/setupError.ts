/** Something about this machine keeps n8n from running. The message says what to do. */
export class SetupError extends Error {
	override readonly name = 'SetupError';
}
