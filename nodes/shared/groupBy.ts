/** Sorts items into groups, as `Map.groupBy` does, which Node.js 20 lacks. */
export function groupBy<Item>(
	items: Iterable<Item>,
	keyOf: (item: Item) => string,
): Map<string, Item[]> {
	const groups = new Map<string, Item[]>();
	for (const item of items) {
		const group = groups.get(keyOf(item));
		if (group) group.push(item);
		else groups.set(keyOf(item), [item]);
	}
	return groups;
}
