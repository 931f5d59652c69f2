import type { IDataObject } from 'n8n-workflow';

/** A problem in words that a person can act on. */
export class Problem extends Error {
	/**
	 * @param message what happened, to which field or task
	 * @param advice what to do next
	 * @param details what belongs in the error's details alone: an HTTP status, task IDs
	 */
	constructor(
		message: string,
		readonly advice: string,
		readonly details: IDataObject & { status?: number } = {},
	) {
		super(message);
	}

	/** The message and the advice in one. */
	get sentence(): string {
		return `${this.message}. ${this.advice}`;
	}
}
