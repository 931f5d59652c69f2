/* eslint-disable @n8n/community-nodes/no-restricted-globals -- for tests, not part of the package */
import { describeAllOf } from '../describeAllOf';

describeAllOf(__dirname);
