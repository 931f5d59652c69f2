/** Something that went wrong, told so that a person can act on it. */
export class Problem extends Error {
	override readonly name: string = 'Problem';

	/**
	 * @param message what happened, to which field or task
	 * @param advice what to do next
	 */
	constructor(
		message: string,
		readonly advice: string,
	) {
		super(message);
	}
}

/** An error as a problem: one that nobody foresaw is a defect. */
export function asProblem(error: unknown): Problem {
	if (error instanceof Problem) return error;
	return new Problem(
		error instanceof Error ? error.message : String(error),
		'This should not happen: please report it, with what the node was given.',
	);
}
