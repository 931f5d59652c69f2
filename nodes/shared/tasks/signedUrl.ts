/** How a store signs its links. Parameter names are in lower case. */
interface SigningScheme {
	/** The parameters that together identify its links. */
	markers: readonly string[];
	/** Every parameter of the signature. */
	parameters: RegExp;
}

const SCHEMES: readonly SigningScheme[] = [
	// Amazon S3 and its kin (MinIO, Cloudflare R2, Gcore Object Storage …): Signature Version 4
	{
		markers: ['x-amz-signature'],
		parameters:
			/^x-amz-(algorithm|content-sha256|credential|date|expires|security-token|signature|signedheaders)$/,
	},
	// The same stores: Signature Version 2
	{
		markers: ['awsaccesskeyid', 'signature'],
		parameters: /^(awsaccesskeyid|expires|signature|x-amz-security-token)$/,
	},
	// Amazon CloudFront
	{
		markers: ['key-pair-id', 'signature'],
		parameters: /^(expires|hash-algorithm|key-pair-id|policy|signature)$/,
	},
	// Google Cloud Storage: V4 and V2
	{
		markers: ['x-goog-signature'],
		parameters: /^x-goog-(algorithm|credential|date|expires|signature|signedheaders)$/,
	},
	{
		markers: ['googleaccessid', 'signature'],
		parameters: /^(expires|googleaccessid|signature)$/,
	},
	// Azure Blob Storage: shared access signatures
	{
		markers: ['sig', 'sv'],
		parameters:
			/^(saoid|scid|sdd|se|ses|si|sig|sip|ske|skoid|sks|skt|sktid|skv|sp|spr|sr|srt|ss|st|suoid|sv)$/,
	},
];

/**
 * A URL without the parameters by which a store signed it: two presigned links to the same file are
 * then equal. The rest of the URL stays as it is, to the letter.
 */
export function withoutSignature(url: string): string {
	const [, address = '', query = '', fragment = ''] = /^([^?#]*)\??([^#]*)(.*)$/s.exec(url) ?? [];
	const parameters = query.split('&').filter(Boolean);
	const names = parameters.map(nameOf);
	const scheme = SCHEMES.find(({ markers }) => markers.every((name) => names.includes(name)));
	if (!scheme) return url;
	const kept = parameters.filter((parameter) => !scheme.parameters.test(nameOf(parameter)));
	return `${address}${kept.length > 0 ? `?${kept.join('&')}` : ''}${fragment}`;
}

function nameOf(parameter: string): string {
	return (parameter.split('=', 1)[0] ?? '').toLowerCase();
}
