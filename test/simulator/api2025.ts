/* eslint-disable @n8n/community-nodes/no-restricted-globals -- for tests, not part of the package */
/** Makes Gcore's API description of 2025 the one that simulators play in a jest project. */
process.env['GCORE_API'] = '2025';
