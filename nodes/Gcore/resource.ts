import type { INodePropertyOptions } from 'n8n-workflow';

import type { Operation } from './operation';

/** The operations that work on one kind of thing at Gcore. */
export interface Resource {
	/** Its entry in the Resource dropdown. */
	option: INodePropertyOptions;
	/** Alphabetical by name, as n8n wants dropdowns. The first is the default. */
	operations: ReadonlyArray<Operation<unknown>>;
}
