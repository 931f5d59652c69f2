/** The ID of the account whose keys these are. */
export const CLIENT_ID = 1234;

/** API keys by Gcore's answer to them. Any other key is wrong. */
export const KEYS = {
	valid: `${CLIENT_ID}$5f2a9c7be01d4436`,
	/** Just as valid, in the other form of Gcore's tokens. */
	underscored: `${CLIENT_ID}_5f2a9c7be01d4436`,
	/** Known, but without access to AI tasks. */
	forbidden: `${CLIENT_ID}$f0f0f0f0f0f0f0f0`,
	/** Of an account that does not have AI. */
	noAi: `${CLIENT_ID}$a0a0a0a0a0a0a0a0`,
	/** Of an account that does not have video hosting. */
	noHosting: `${CLIENT_ID}$b0b0b0b0b0b0b0b0`,
};
