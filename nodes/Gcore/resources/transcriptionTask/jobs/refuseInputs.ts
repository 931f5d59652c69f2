import type { Problem } from '../../../../form/problem';
import { BadInputs } from '../../../operations/operation';
import type { Batch } from './job';

/**
 * Refuses inputs before any work is done for them. In a retry, earlier tries may have created tasks:
 * then it does nothing, since the problem of the job must report them.
 *
 * @param problems by the index of the input
 * @throws BadInputs if there are any and the first problem ends the node
 */
export function refuseInputs(
	{ context, ledger }: Batch,
	problems: ReadonlyMap<number, Problem>,
): void {
	if (context.stopOnProblem && problems.size > 0 && !ledger.hasWork())
		throw new BadInputs(problems);
}
