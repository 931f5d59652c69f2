/** Address blocks that are not on the internet (IANA's special-purpose registries): first address, prefix length. */
const PRIVATE_IPV4: ReadonlyArray<readonly [address: string, prefix: number]> = [
	['0.0.0.0', 8], // this host; unspecified
	['10.0.0.0', 8], // private
	['100.64.0.0', 10], // a provider's own network
	['127.0.0.0', 8], // loopback
	['169.254.0.0', 16], // link-local, cloud metadata among it
	['172.16.0.0', 12], // private
	['192.0.0.0', 24], // protocol assignments
	['192.0.2.0', 24], // documentation
	['192.88.99.0', 24], // 6to4 relays, withdrawn
	['192.168.0.0', 16], // private
	['198.18.0.0', 15], // benchmarks
	['198.51.100.0', 24], // documentation
	['203.0.113.0', 24], // documentation
	['224.0.0.0', 4], // multicast
	['240.0.0.0', 4], // reserved; broadcast
];

const PRIVATE_IPV6: ReadonlyArray<readonly [address: string, prefix: number]> = [
	['::', 128], // unspecified
	['::1', 128], // loopback
	['64:ff9b:1::', 48], // NAT64 of a network's own
	['100::', 64], // discard only
	['100:0:0:1::', 64], // dummy prefix
	['2001::', 23], // protocol assignments, Teredo and benchmarks among them
	['2001:db8::', 32], // documentation
	['3fff::', 20], // documentation
	['5f00::', 16], // segment routing inside a network
	['fc00::', 7], // unique local
	['fe80::', 10], // link-local
	['fec0::', 10], // site-local, withdrawn but still in use
	['ff00::', 8], // multicast
];

/** IPv6 blocks whose addresses carry an IPv4 address, and the bit at which it starts. */
const IPV4_IN_IPV6: ReadonlyArray<readonly [address: string, prefix: number, at: number]> = [
	['::', 96, 96], // IPv4-compatible
	['::ffff:0:0', 96, 96], // IPv4-mapped
	['::ffff:0:0:0', 96, 96], // IPv4-translated
	['64:ff9b::', 96, 96], // NAT64
	['2002::', 16, 16], // 6to4
];

/** Names that the internet's name servers do not know or keep for themselves (RFC 6761, 6762, 9476, and `internal`). */
const PRIVATE_NAME =
	/(^|\.)(alt|arpa|example|internal|invalid|local|localdomain|localhost|onion|test)$/;

const IPV4_BITS = 32;
const IPV6_BITS = 128;

/**
 * Whether a host can be one that Gcore's servers reach over the internet.
 *
 * @param hostname as the WHATWG URL parser returns it (`new URL(…).hostname`): IPv4 addresses are then
 *   dotted decimals, however they were written, IPv6 ones are compressed and in brackets
 */
export function isPublicHost(hostname: string): boolean {
	if (hostname.startsWith('[')) return isPublicIpv6(ipv6Bits(hostname.slice(1, -1)));
	// The lookbehind keeps a long row of dots from being tried again at each dot
	const name = hostname.replace(/(?<!\.)\.+$/, '');
	if (/^\d+(\.\d+){3}$/.test(name)) return isPublicIpv4(ipv4Bits(name));
	return name.includes('.') && !PRIVATE_NAME.test(name);
}

function isPublicIpv4(bits: string): boolean {
	return !PRIVATE_IPV4.some(([address, prefix]) => sharePrefix(bits, ipv4Bits(address), prefix));
}

function isPublicIpv6(bits: string): boolean {
	if (PRIVATE_IPV6.some(([address, prefix]) => sharePrefix(bits, ipv6Bits(address), prefix))) {
		return false;
	}
	const carrier = IPV4_IN_IPV6.find(([address, prefix]) =>
		sharePrefix(bits, ipv6Bits(address), prefix),
	);
	return !carrier || isPublicIpv4(bits.slice(carrier[2], carrier[2] + IPV4_BITS));
}

function sharePrefix(a: string, b: string, length: number): boolean {
	return a.slice(0, length) === b.slice(0, length);
}

function ipv4Bits(address: string): string {
	return address
		.split('.')
		.map((part) => Number(part).toString(2).padStart(8, '0'))
		.join('');
}

/** Takes the compressed form of eight groups; the URL parser leaves no dotted tail. */
function ipv6Bits(address: string): string {
	const [head = '', tail = ''] = address.split('::').map((half) =>
		half
			.split(':')
			.filter(Boolean)
			.map((group) => parseInt(group, 16).toString(2).padStart(16, '0'))
			.join(''),
	);
	return head + tail.padStart(IPV6_BITS - head.length, '0');
}
