import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { LAYOUT_OPTIONS } from '../../nodes/form/layoutFields';
import { fieldValues } from '../../nodes/form/values';
import { PRESETS } from '../../nodes/shared/subtitles/layout/rules';

const [layout] = LAYOUT_OPTIONS;
const read = (set: Record<string, unknown>) => layout.read(fieldValues((name) => set[name]));

test('Custom starts with the numbers of Streaming', () => {
	expect(read({ layout: 'custom' })).toEqual(PRESETS.streaming);
});

test('times are whole milliseconds', () => {
	const seconds = { gap: 0.0835, minDuration: 1 / 3, maxDuration: 20 / 3 };
	expect(read({ layout: 'custom', ...seconds })).toMatchObject({
		gap: 84,
		minDuration: 333,
		maxDuration: 6_667,
	});
	// A cue that ends when it starts is no cue
	expect(read({ layout: 'custom', minDuration: 0, maxDuration: 0.0004 })).toMatchObject({
		maxDuration: 1,
	});
});

test.each(['streaming', 'broadcast', 'social'])('%s is a preset', (id) => {
	expect(read({ layout: id })).toBe(id);
	expect(PRESETS).toHaveProperty(id);
});

test.each(['streaming', 'broadcast', 'social'] as const)('%s says its own numbers', (id) => {
	const [{ options = [] }] = layout.properties as [INodeProperties];
	const choices = options as INodePropertyOptions[];
	const { description } = choices.find(({ value }) => value === id)!;
	const { lines, lineLength, readingSpeed } = PRESETS[id];
	const numbers = [...String(description).matchAll(/\d+/g)].map(Number);
	expect([lines, lineLength, readingSpeed].slice(0, numbers.length)).toEqual(numbers);
	expect(numbers.length).toBeGreaterThan(1);
});
