import type { INodeProperties } from 'n8n-workflow';

import { GcoreApi } from '../../credentials/GcoreApi.credentials';
import { Gcore } from '../../nodes/Gcore/Gcore.node';
import { GcoreTrigger } from '../../nodes/GcoreTrigger/GcoreTrigger.node';

/** Every description and hint, of fields, of options and of those in collections. */
function textsOf(entries: NonNullable<INodeProperties['options']>): string[] {
	return entries.flatMap((entry) => [
		...('description' in entry && entry.description ? [entry.description] : []),
		...('hint' in entry && entry.hint ? [entry.hint] : []),
		...('options' in entry ? textsOf(entry.options ?? []) : []),
	]);
}

const FORMS = {
	Gcore: new Gcore().description.properties,
	'Gcore Trigger': new GcoreTrigger().description.properties,
	'Gcore API': new GcoreApi().properties,
};

test.each(Object.entries(FORMS))(
	'%s: a description ends in a full stop if it has several sentences, as n8n asks',
	(_, properties) => {
		const texts = textsOf(properties);
		const isWrong = (text: string) => /\. [A-Z]/.test(text) !== text.endsWith('.');
		expect(texts.filter(isWrong)).toEqual([]);
	},
);

test('the hint of a wait is true of tasks and of a video', () => {
	const [hint] = new Gcore().description.hints ?? [];
	expect(hint?.message).not.toMatch(/task|video/);
});
