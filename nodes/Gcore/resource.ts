import type { INodePropertyOptions } from 'n8n-workflow';

import type { Operation } from './operation';

/** The operations that work on one kind of thing at Gcore. */
export interface Resource {
	/** Its entry in the Resource dropdown. */
	option: INodePropertyOptions;
	/** The first is the default. */
	operations: ReadonlyArray<Operation<unknown>>;
}
