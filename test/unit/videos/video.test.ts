import fc from 'fast-check';

import type { Rendition, Video } from '../../../nodes/shared/api/videoTypes';
import {
	hasSettled,
	renditionPathOf,
	speechUrlOf,
	videoFailureReason,
} from '../../../nodes/shared/videos/video';

const FOLDER = 'https://demo.gvideo.io/videos/2675_FnlHXwA16ZMxmUr/';

const rendition = (width: number | null, height: number | null, rest: Partial<Rendition> = {}) => ({
	width,
	height,
	status: 'complete',
	mp4_url: `${FOLDER}${width}x${height}.mp4`,
	...rest,
});

const video = (...converted_videos: Rendition[]): Video => ({
	id: 1,
	slug: 'FnlHXwA16ZMxmUr',
	status: 'ready',
	converted_videos,
});

const chosen = (...renditions: Rendition[]) => speechUrlOf(video(...renditions));

describe('the rendition for speech', () => {
	test('is that whose shorter side is nearest to 360 from above', () => {
		expect(
			chosen(
				rendition(426, 240),
				rendition(1280, 720),
				rendition(832, 468),
				rendition(null, null),
				rendition(1920, 1080),
			),
		).toBe(`${FOLDER}832x468.mp4`);
	});

	test('is the same if the video is upright', () => {
		expect(chosen(rendition(720, 1280), rendition(468, 832), rendition(240, 426))).toBe(
			`${FOLDER}468x832.mp4`,
		);
	});

	test('takes exactly 360 lines', () => {
		expect(chosen(rendition(832, 468), rendition(640, 360))).toBe(`${FOLDER}640x360.mp4`);
	});

	test('is the largest if none has 360 lines, and sound alone at last', () => {
		expect(chosen(rendition(null, null), rendition(256, 144), rendition(426, 240))).toBe(
			`${FOLDER}426x240.mp4`,
		);
		expect(chosen(rendition(null, null))).toBe(`${FOLDER}nullxnull.mp4`);
	});

	test('is the smaller file of two of the same size', () => {
		const hevc = rendition(1280, 720, { mp4_url: 'hevc', size: 5 });
		const h264 = rendition(1280, 720, { mp4_url: 'h264', size: 9 });
		expect(chosen(h264, hevc)).toBe('hevc');
		expect(chosen(hevc, h264)).toBe('hevc');
	});

	test('is complete and has an address, whatever else has one already', () => {
		expect(
			chosen(
				rendition(640, 360, { status: 'processing' }),
				rendition(832, 468, { status: 'error' }),
				rendition(854, 480, { mp4_url: null }),
				rendition(1280, 720),
			),
		).toBe(`${FOLDER}1280x720.mp4`);
	});

	test('is undefined if there is none', () => {
		expect(chosen()).toBeUndefined();
		expect(speechUrlOf({ id: 1 })).toBeUndefined();
		expect(speechUrlOf({ id: 1, converted_videos: null })).toBeUndefined();
		expect(chosen(rendition(640, 360, { status: 'processing' }))).toBeUndefined();
		expect(chosen({ width: 640, height: 360, status: 'complete' })).toBeUndefined();
	});

	test('does not depend on their order', () => {
		const sides = fc.tuple(fc.integer({ min: 1, max: 4000 }), fc.integer({ min: 1, max: 4000 }));
		fc.assert(
			fc.property(fc.uniqueArray(sides, { minLength: 1, selector: String }), (all) => {
				const renditions = all.map(([width, height]) =>
					rendition(width, height, { size: width * 5000 + height }),
				);
				expect(chosen(...renditions)).toBe(chosen(...renditions.slice().reverse()));
			}),
		);
	});
});

describe('what identifies the tasks of a video', () => {
	test('is the folder of its renditions, whatever the query', () => {
		const folder = '/videos/2675_FnlHXwA16ZMxmUr/';
		expect(renditionPathOf(video(rendition(640, 360)))).toBe(folder);
		expect(renditionPathOf(video(), `${FOLDER}vod480n.mp4?v=2#t=1`)).toBe(folder);
	});

	test('is the whole path if the folder is not its own', () => {
		expect(renditionPathOf(video(), 'https://cdn.example.com/mp4/1.mp4?v=2')).toBe('/mp4/1.mp4');
		const nameless = { ...video(rendition(640, 360)), slug: null };
		expect(renditionPathOf(nameless)).toBe('/videos/2675_FnlHXwA16ZMxmUr/640x360.mp4');
	});

	test('is nothing as long as there are none', () => {
		expect(renditionPathOf(video())).toBeUndefined();
		expect(renditionPathOf({ id: 1 })).toBeUndefined();
	});
});

describe.each<[Partial<Video>, string | undefined, boolean]>([
	[{ status: 'empty' }, undefined, false],
	[{ status: 'pending', error: '' }, undefined, false],
	[{ status: 'viewable', error: null }, undefined, false],
	[{ status: 'ready' }, undefined, true],
	[{ status: 'a new one' }, undefined, false],
	[{ status: 'empty', error: 'File Invalid' }, 'File Invalid', true],
	[{ status: 'viewable', error: 'The storage limit' }, 'The storage limit', true],
	[{ status: 'error' }, 'Gcore reports no reason', true],
	[{ status: 'error', error: 'Encoding has failed' }, 'Encoding has failed', true],
])('%j', (state, failure, settled) => {
	test(`has failed with ${failure}, and its wait is over: ${settled}`, () => {
		expect(videoFailureReason({ id: 1, ...state })).toBe(failure);
		expect(hasSettled({ id: 1, ...state })).toBe(settled);
	});
});
