/** The middle one of some numbers; of two in the middle, the smaller. */
export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN;
}

/** The median as text, with the range where there is one: `1.21 s (1.10 to 1.42)`. */
export function spread(values: readonly number[], unit: string, digits = 0): string {
	const text = (value: number) => value.toLocaleString('en', digitsOf(digits));
	const [least, middle, most] = [Math.min(...values), median(values), Math.max(...values)].map(
		text,
	);
	return `${middle}${unit}${least === most ? '' : ` (${least} to ${most})`}`;
}

function digitsOf(digits: number): Intl.NumberFormatOptions {
	return { minimumFractionDigits: digits, maximumFractionDigits: digits };
}
