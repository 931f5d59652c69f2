/** What only one line of n8n knows, by its major version. */
const SETTINGS_BY_MAJOR: Readonly<Record<string, Record<string, string>>> = {
	// Without it 1.x gives null for `$('Some Node').item`; 2.x always has it
	'1': { N8N_RUNNERS_ENABLED: 'true' },
	// It downloads a list; 1.x does not start with a module that it does not know
	'2': { N8N_DISABLED_MODULES: 'mcp-registry' },
};

/** What would call out, all of it off. */
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
	/** The only folder that its nodes may read and write. */
	filesFolder: string;
	host: string;
	port: number;
	/** For n8n's own use; two on one machine must differ. */
	brokerPort: number;
}

/** The environment variables of an n8n that talks to nobody but us. */
export function settingsOf(
	version: string,
	{ userFolder, filesFolder, host, port, brokerPort }: Place,
): Record<string, string> {
	return {
		HOME: userFolder,
		TMPDIR: userFolder,
		N8N_USER_FOLDER: userFolder,
		N8N_RESTRICT_FILE_ACCESS_TO: filesFolder,
		N8N_LISTEN_ADDRESS: host,
		N8N_HOST: host,
		N8N_PORT: String(port),
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		// The address is no https
		N8N_SECURE_COOKIE: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_LOG_LEVEL: 'debug',
		...NO_CALLS_OUT,
		...SETTINGS_BY_MAJOR[version.split('.')[0] ?? ''],
	};
}
