/** API keys by what Gcore says to them. Any other key is a wrong one. */
export const KEYS = {
	valid: '1234$5f2a9c7be01d4436',
	/** As valid, of the other form that Gcore's tokens have. */
	underscored: '1234_5f2a9c7be01d4436',
	/** Known, but without access to AI tasks. */
	forbidden: '1234$f0f0f0f0f0f0f0f0',
	/** Of an account that does not have AI. */
	noAi: '1234$a0a0a0a0a0a0a0a0',
	/** Of an account that does not have video hosting. */
	noHosting: '1234$b0b0b0b0b0b0b0b0',
};

/** The ID of the account whose keys these are. */
export const CLIENT_ID = 1234;
