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
