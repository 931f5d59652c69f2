import type { Locator } from 'playwright-core';

/** Types for the code that runs in the browser. */
declare const document: {
	createElement(name: 'canvas'): {
		getContext(kind: '2d'): {
			fillStyle: string;
			fillRect(x: number, y: number, width: number, height: number): void;
			getImageData(x: number, y: number, width: number, height: number): { data: Iterable<number> };
		};
	};
};
declare function getComputedStyle(element: unknown): { color: string };

/** Whether a text looks red, regardless of the notation of its colour. */
export async function isRed(text: Locator): Promise<boolean> {
	const [red = 0, green = 0, blue = 0] = await text.evaluate((element) => {
		const canvas = document.createElement('canvas').getContext('2d');
		canvas.fillStyle = getComputedStyle(element).color;
		canvas.fillRect(0, 0, 1, 1);
		return Array.from(canvas.getImageData(0, 0, 1, 1).data);
	});
	return red > 150 && green < 90 && blue < 90;
}
