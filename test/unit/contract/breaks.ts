/* eslint-disable @n8n/community-nodes/no-restricted-imports -- compares values in tests, not part of the package */
import { isDeepStrictEqual } from 'node:util';

import type { IDisplayOptions } from 'n8n-workflow';

import type { Contract, Parameter } from './contract';

/** Checks of a parameter, each of which gets what it was and what it is. */
const CHECKS: ReadonlyArray<(was: Parameter, is: Parameter) => string | undefined> = [
	(was, is) => (is.type === was.type ? undefined : `was of type ${was.type}, and is ${is.type}`),
	(was, is) =>
		isDeepStrictEqual(is.default, was.default)
			? undefined
			: `had the default ${JSON.stringify(was.default)}, and has ${JSON.stringify(is.default)}: n8n saves no value that is the default`,
	(was, is) => {
		const gone = without(was.options, is.options);
		return gone.length > 0 ? `has lost ${gone.map(quoted).join(', ')}` : undefined;
	},
	(was, is) => (is.required && !was.required ? 'was not required' : undefined),
	(was, is) =>
		is.noDataExpression && !was.noDataExpression ? 'took expressions, and refuses them' : undefined,
	(was, is) =>
		is.multipleValues === was.multipleValues
			? undefined
			: `was ${was.multipleValues ? 'a list' : 'no list'}`,
	(was, is) =>
		isNarrower(was.displayOptions, is.displayOptions) ? 'is hidden where it was shown' : undefined,
];

/**
 * What a change would break in workflows that people have saved.
 *
 * @param was the contract that they were saved under
 * @param is today's contract; undefined if the node version no longer exists
 * @returns a sentence for each break; none if all workflows go on working. What is new breaks nothing,
 *   unless it asks for a value that they do not have
 */
export function breaksOf(was: Contract, is: Contract | undefined): string[] {
	if (!is) return ['It is gone.'];
	const changed = Object.entries(was.parameters).flatMap(([path, parameter]) => {
		const today = is.parameters[path];
		if (!today) return [`${path} is gone.`];
		return CHECKS.flatMap((check) => check(parameter, today) ?? []).map(
			(what) => `${path} ${what}.`,
		);
	});
	const lacking = Object.entries(is.parameters)
		.filter(([path, { required }]) => required && !was.parameters[path])
		.filter(([path]) => hasSiblings(path, was) && !is.parameters[parentOf(path)])
		.filter(([, parameter]) => isEmpty(parameter.default))
		.map(([path]) => `${path} is new, required and empty: saved workflows have no value for it.`);
	const facts = Object.entries(was.node ?? {})
		.filter(([fact, value]) => !isDeepStrictEqual(value, is.node?.[fact as keyof typeof is.node]))
		.map(([fact]) => `The node's ${fact} changed.`);
	return [...changed, ...lacking, ...facts];
}

/** Whether a parameter may be hidden that was shown: by a new condition, or one that fewer values meet. */
function isNarrower(was: IDisplayOptions = {}, is: IDisplayOptions = {}): boolean {
	const shownLess = Object.entries(is.show ?? {}).some(
		([name, values]) => !was.show?.[name] || without(was.show[name], values).length > 0,
	);
	const hiddenMore = Object.entries(is.hide ?? {}).some(
		([name, values]) => without(values, was.hide?.[name]).length > 0,
	);
	return shownLess || hiddenMore;
}

/** Whether workflows were saved in which a parameter would stand beside others. */
function hasSiblings(path: string, { parameters }: Contract): boolean {
	return Object.keys(parameters).some((other) => parentOf(other) === parentOf(path));
}

function parentOf(path: string): string {
	return path.split('.').slice(0, -1).join('.');
}

function without(values: readonly unknown[] = [], others: readonly unknown[] = []): unknown[] {
	return values.filter((value) => !others.some((other) => isDeepStrictEqual(value, other)));
}

function isEmpty(value: unknown): boolean {
	return value === '' || isDeepStrictEqual(value, []) || isDeepStrictEqual(value, {});
}

function quoted(value: unknown): string {
	return JSON.stringify(value);
}
