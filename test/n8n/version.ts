/* eslint-disable @n8n/community-nodes/no-restricted-globals -- reads settings for tests, not part of the package */

import { SetupError } from './install/setupError';

/** A container image of n8n that is started in place of an installed n8n, such as `docker.n8n.io/n8nio/n8n:3.0.0`. */
export const N8N_IMAGE = process.env['N8N_IMAGE'] || undefined;

/** The n8n that is started: one of the folders of `versions/`, or the tag of the image. */
export const N8N_VERSION = N8N_IMAGE?.split(':').at(-1) ?? (process.env['N8N_VERSION'] || '2.38.7');

/** NaN for an image whose tag does not name its version, such as `latest`: it may be the newest. */
export const N8N_MAJOR = Number(N8N_VERSION.split('.')[0]);

/** n8n 1 differs from n8n 2 in some settings and in parts of its REST API. */
export const IS_N8N_1 = N8N_MAJOR === 1;

/** @throws SetupError for an n8n in a container */
export function refuseImage(): void {
	if (N8N_IMAGE) throw new SetupError('Unset N8N_IMAGE: this works with an installed n8n only.');
}
