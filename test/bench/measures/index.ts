import type { Row } from '../plumbing/report';
import { fullQueue } from './fullQueue';
import { layout } from './layout';
import { liveMemory } from './liveMemory';
import { loadTime } from './loadTime';
import { packageSize } from './packageSize';
import { poolSizes } from './poolSizes';
import { systemMemory } from './systemMemory';
import { throughput } from './throughput';
import { uploads } from './uploads';
import { waiting } from './waiting';

/** Something that is measured, in an n8n of its own if it needs one. */
interface Measure {
	/** How often it runs. */
	runs: number;
	/** @returns the medians of that many runs, as rows of the table */
	measure(runs: number): Promise<Row[]>;
}

/** Every measure, in the order of the table. */
export const MEASURES: Record<string, Measure> = {
	throughput: { runs: 10, measure: throughput },
	poolSizes: { runs: 5, measure: poolSizes },
	fullQueue: { runs: 5, measure: fullQueue },
	waiting: { runs: 5, measure: waiting },
	liveMemory: { runs: 5, measure: liveMemory },
	systemMemory: { runs: 5, measure: systemMemory },
	layout: { runs: 5, measure: layout },
	uploads: { runs: 5, measure: uploads },
	loadTime: { runs: 20, measure: loadTime },
	packageSize: { runs: 1, measure: packageSize },
};
