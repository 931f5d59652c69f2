/* eslint-disable @n8n/community-nodes/no-restricted-globals -- reads a setting for tests, not part of the package */

/** The n8n that is started, which is one of the folders of `versions/`. */
export const N8N_VERSION = process.env['N8N_VERSION'] || '2.38.7';

/** n8n 1 differs from n8n 2 in some settings and in parts of its REST API. */
export const IS_N8N_1 = N8N_VERSION.startsWith('1.');
