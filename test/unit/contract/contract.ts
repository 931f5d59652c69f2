/* eslint-disable @n8n/community-nodes/no-restricted-imports -- compares values in tests, not part of the package */
import { isDeepStrictEqual } from 'node:util';

import { NodeHelpers } from 'n8n-workflow';
import type {
	ICredentialType,
	IDisplayOptions,
	INodeProperties,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

/** What saved workflows count on in one version of a node, or in a credential. */
export interface Contract {
	/** What a workflow says of the node beside its parameters; missing for a credential. */
	node?: Partial<Pick<INodeTypeDescription, (typeof NODE_FACTS)[number]>>;
	/** By path: `resource.operation.name` for an operation's parameter, `collection.name` for one in a collection. */
	parameters: Readonly<Record<string, Parameter>>;
}

/** What a saved value of a parameter counts on. */
export interface Parameter {
	type: string;
	/** What a missing value means: n8n does not save defaults. */
	default: unknown;
	required?: boolean;
	/** The values of a dropdown. */
	options?: unknown[];
	/** Whether it refuses expressions. */
	noDataExpression?: boolean;
	/** Whether it holds a list. */
	multipleValues?: boolean;
	/** When it is shown: n8n drops the saved value of a hidden parameter. */
	displayOptions?: IDisplayOptions;
}

const NODE_FACTS = ['inputs', 'outputs', 'credentials', 'polling', 'usableAsTool'] as const;

/** The parameters that decide which others exist: they become part of the others' paths. */
const SELECTORS = ['resource', 'operation'];

/** The contracts of a node, by the names of their files: one for each of its versions. */
export function contractsOfNode({ description }: INodeType): Record<string, Contract> {
	const facts = NODE_FACTS.map((fact) => [fact, description[fact]]);
	const contracts = [description.version].flat().map((version) => [
		`${description.name}.v${version}.json`,
		{
			node: Object.fromEntries(facts) as Contract['node'],
			parameters: parametersOf(description.properties, version),
		},
	]);
	return plain(Object.fromEntries(contracts) as Record<string, Contract>);
}

/** The contract of a credential, by the name of its file. n8n knows no versions of credentials. */
export function contractOfCredential({
	name,
	properties,
}: ICredentialType): Record<string, Contract> {
	return plain({ [`${name}.json`]: { parameters: parametersOf(properties) } });
}

/** A value as its file has it. */
function plain<Value>(value: Value): Value {
	return JSON.parse(JSON.stringify(value)) as Value;
}

/** @throws Error if two parameters have the same path: one of them would go unchecked */
function parametersOf(properties: readonly INodeProperties[], version = 1) {
	const entries = properties
		.filter((property) => isOfVersion(property, version))
		.flatMap((property) => scopesOf(property).flatMap((scope) => entriesOf(property, scope)))
		.map(([path, parameter], index, all): [string, Parameter] => {
			const isAgain = all
				.slice(0, index)
				.some(([other, earlier]) => other === path && isSameElsewhere(earlier, parameter));
			return [isAgain ? `${path} (again)` : path, parameter];
		});
	const parameters = Object.fromEntries(entries);
	if (Object.keys(parameters).length < entries.length)
		throw new Error('Two parameters of an operation have the same name');
	return parameters;
}

/** Whether two parameters differ only in when they show: n8n has no "or" between conditions. */
function isSameElsewhere(one: Parameter, other: Parameter): boolean {
	return isDeepStrictEqual({ ...one, displayOptions: {} }, { ...other, displayOptions: {} });
}

/** Whether a version of the node has a property, by its condition on `@version`. */
function isOfVersion(property: INodeProperties, typeVersion: number): boolean {
	const displayOptions = Object.fromEntries(
		Object.entries(property.displayOptions ?? {}).map(([way, conditions]) => [
			way,
			pick(conditions as object, (name) => name === '@version'),
		]),
	);
	return NodeHelpers.displayParameter({}, { ...property, displayOptions }, { typeVersion }, null);
}

/** The resources and operations that a property belongs to, as the first parts of its path. */
function scopesOf({ displayOptions }: INodeProperties): string[][] {
	return SELECTORS.reduce<string[][]>(
		(scopes, selector) => {
			const values = displayOptions?.show?.[selector];
			return values
				? scopes.flatMap((scope) => values.map((value) => [...scope, String(value)]))
				: scopes;
		},
		[[]],
	);
}

/** A property and those in it, by their paths. */
function entriesOf(
	property: INodeProperties,
	scope: readonly string[],
): Array<[string, Parameter]> {
	const path = [...scope, `${property.name}${isForTools(property) ? ' (as a tool)' : ''}`];
	return [
		[path.join('.'), parameterOf(property)],
		...(property.options ?? []).flatMap((option) => {
			if ('type' in option) return entriesOf(option, path);
			if (!('values' in option)) return [];
			return option.values.flatMap((inner) => entriesOf(inner, [...path, option.name]));
		}),
	];
}

/** A field may have another default if the node is a tool of an AI agent. */
function isForTools({ displayOptions }: INodeProperties): boolean {
	return displayOptions?.show?.['@tool']?.[0] === true;
}

function parameterOf(property: INodeProperties): Parameter {
	const { type, required, noDataExpression, typeOptions, displayOptions } = property;
	const options = property.options?.flatMap((option) => ('value' in option ? [option.value] : []));
	const conditions = Object.entries(displayOptions ?? {}).map(([way, all]) => [
		way,
		pick(all as object, (name) => ![...SELECTORS, '@version'].includes(name)),
	]);
	const others = conditions.filter(([, left]) => Object.keys(left as object).length > 0);
	return {
		type,
		default: property.default,
		...(required && { required }),
		...(options && options.length > 0 && { options }),
		...(noDataExpression && { noDataExpression }),
		...(typeOptions?.multipleValues && { multipleValues: true }),
		...(others.length > 0 && { displayOptions: Object.fromEntries(others) as IDisplayOptions }),
	};
}

function pick(object: object, isPicked: (name: string) => boolean): object {
	return Object.fromEntries(Object.entries(object).filter(([name]) => isPicked(name)));
}
