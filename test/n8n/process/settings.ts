import { IS_N8N_1 } from '../version';

/** Without it, `$('Some Node').item` is null in n8n 1; n8n 2 always has task runners. */
const N8N_1 = { N8N_RUNNERS_ENABLED: 'true' };

/** The module downloads a list. n8n 1 does not know the module, and would not start. */
const N8N_2 = { N8N_DISABLED_MODULES: 'mcp-registry' };

/** Turns off everything that would send requests to other hosts. */
const NO_CALLS_OUT = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
};

/** Where an n8n listens and keeps its data. */
export interface Place {
	userFolder: string;
	/** The only folder that nodes may read and write. */
	filesFolder: string;
	host: string;
	port: number;
	/** A second port, for n8n's task runners. */
	brokerPort: number;
}

/** The environment variables of an n8n that uses this machine only. */
export function settingsOf({
	userFolder,
	filesFolder,
	host,
	port,
	brokerPort,
}: Place): Record<string, string> {
	return {
		HOME: userFolder,
		TMPDIR: userFolder,
		N8N_USER_FOLDER: userFolder,
		N8N_RESTRICT_FILE_ACCESS_TO: filesFolder,
		N8N_LISTEN_ADDRESS: host,
		N8N_HOST: host,
		N8N_PORT: String(port),
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		// n8n 3.0 loads unverified packages only with this setting
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		// The address is not HTTPS
		N8N_SECURE_COOKIE: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_LOG_LEVEL: 'debug',
		...NO_CALLS_OUT,
		...(IS_N8N_1 ? N8N_1 : N8N_2),
	};
}
