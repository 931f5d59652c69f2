import { Problem } from '../../nodes/form/problem';
import { looksLikeMp4, readVideoUrl } from '../../nodes/form/videoUrl';

const parse = (value: unknown) => readVideoUrl(value, 'Video URL');

describe('refuses hosts that are not on the internet', () => {
	test.each([
		'localhost',
		'LOCALHOST',
		'localhost.',
		'localhost..',
		'app.localhost',
		'nas',
		'printer.local',
		'db.internal',
		'router.home.arpa',
		'127.0.0.1',
		'127.1',
		'2130706433',
		'0x7f000001',
		'0177.0.0.1',
		'127.0.0.1.',
		'%31%32%37.0.0.1',
		'１２７．0．0．1',
		'0',
		'0.0.0.0',
		'10.1.2.3',
		'100.64.0.1',
		'169.254.169.254',
		'172.16.0.1',
		'172.31.255.255',
		'192.168.1.1',
		'255.255.255.255',
		'[::]',
		'[::1]',
		'[0:0:0:0:0:0:0:1]',
		'[::127.0.0.1]',
		'[::ffff:127.0.0.1]',
		'[::ffff:10.0.0.1]',
		'[::ffff:c0a8:101]',
		'[64:ff9b::a00:1]',
		'[2002:7f00:1::]',
		'[64:ff9b:1::a00:1]',
		'[2001::80ff:fffe]',
		'[fc00::1]',
		'[fdff::1]',
		'[fe80::1]',
		'[febf::1]',
		'[fec0::1]',
		'198.18.0.1',
		'198.19.255.255',
		'192.0.0.1',
		'192.0.2.1',
		'198.51.100.7',
		'203.0.113.7',
		'[2001:db8::1]',
		'[3fff::1]',
		'[100::1]',
		'videos.test',
		'videos.invalid',
		'videos.alt',
		'videos.example',
		'4.3.2.1.in-addr.arpa',
		'192.88.99.1',
		'[2001:10::1]',
		'[100:0:0:1::1]',
	])('%s', (host) => {
		expect(() => parse(`http://${host}/a.mp4`)).toThrow(/not on the internet/);
		expect(() => parse(`https://${host}:8443/a.mp4`)).toThrow(Problem);
	});

	test.each(['http:localhost/a.mp4', 'http:\\\\localhost\\a.mp4', 'http://loc\talhost/a.mp4'])(
		'%p, as a URL parser reads it',
		(url) => {
			expect(() => parse(url)).toThrow(/not on the internet/);
		},
	);
});

describe('takes hosts that may be on the internet', () => {
	test.each([
		'example.com',
		'localhost.example.com',
		'9.255.255.255',
		'11.0.0.1',
		'172.15.0.1',
		'172.32.0.1',
		'192.167.1.1',
		'100.128.0.1',
		'[2606:4700::6810:84e5]',
		'[64:ff9b::808:808]',
		'[2002:808:808::]',
		'[::ffff:8.8.8.8]',
	])('%s', (host) => {
		expect(parse(`https://${host}/a.mp4`)).toBe(`https://${host}/a.mp4`);
	});
});

describe('what is sent', () => {
	test.each([
		['https://example.com/a.mp4', 'https://example.com/a.mp4'],
		[' https://example.com/a.mp4\n', 'https://example.com/a.mp4'],
		["https://Example.com/%7ea.mp4?s=a%2Bb+'=", "https://Example.com/%7ea.mp4?s=a%2Bb+'="],
		['https://example.com/my video.mp4', 'https://example.com/my%20video.mp4'],
		['https://münchen.de/ä.mp4', 'https://xn--mnchen-3ya.de/%C3%A4.mp4'],
		['https://ümlaut.de/a.mp4', 'https://xn--mlaut-jva.de/a.mp4'],
		['http:example.com/a.mp4', 'http://example.com/a.mp4'],
		['https:///example.com/a.mp4', 'https://example.com/a.mp4'],
	])('%p is sent as %p', (given, sent) => {
		expect(parse(given)).toBe(sent);
	});
});

test.each([
	['https://example.com/a.mp4', true],
	['https://example.com/a.MP4?token=1#t', true],
	['https://example.com/a.mov?name=b.mp4', false],
	['https://example.com/', false],
])('looksLikeMp4(%p) is %p', (url, expected) => {
	expect(looksLikeMp4(url)).toBe(expected);
});

describe('links to pages', () => {
	test.each([
		'https://www.youtube.com/watch?v=a',
		'https://m.youtube.com/watch?v=a',
		'https://youtu.be/a',
		'https://vimeo.com/12345',
		'https://player.vimeo.com/video/12345',
		'https://drive.google.com/file/d/a/view?usp=sharing',
		'https://drive.google.com/open?id=a',
		'https://www.dropbox.com/s/a/b.mp4?dl=0',
		'https://www.dropbox.com/scl/fi/a/b.mp4?rlkey=c',
		'https://1drv.ms/v/s!a',
		'https://onedrive.live.com/?id=a',
		'https://company.sharepoint.com/:v:/s/a/b?e=c',
		'https://www.youtube.com./watch?v=a',
		'https://vimeopro.com/a/b',
		'https://www.dropbox.com/sh/a/b?dl=1',
		'https://www.dropbox.com/scl/fo/a/h?rlkey=b&dl=1',
		'https://company.sharepoint.us/:v:/s/a/b?e=c',
		'https://company.sharepoint-mil.us/:v:/s/a/b?e=c',
		'https://company.sharepoint.com/sites/a/content',
	])('%s is refused as a page', (url) => {
		expect(() => parse(url)).toThrow('Video URL is a page, not a file');
	});

	test.each([
		'https://drive.google.com/uc?export=download&id=a',
		'https://drive.usercontent.google.com/download?id=a',
		'https://www.dropbox.com/s/a/b.mp4?dl=1',
		'https://www.dropbox.com/s/a/b.mp4?raw=1',
		'https://dl.dropboxusercontent.com/s/a/b.mp4',
		'https://player.vimeo.com/external/1.hd.mp4?s=a',
		'https://player.vimeo.com/progressive_redirect/playback/1/rendition/360p/file.mp4?loc=external',
		'https://onedrive.live.com/download?resid=a',
		'https://api.onedrive.com/v1.0/shares/a/root/content',
		'https://company.sharepoint.com/:v:/s/a/b?download=1',
		'https://notyoutube.com/a.mp4',
		'https://player.vimeo.com/play/a?s=b',
		'https://vimeo.com/12345/download?t=a&s=b',
		'https://dl-web.dropbox.com/get/b.mp4?w=c',
		'https://www.dropbox.com/sh/a/b/c.mp4?dl=1',
		'https://www.dropbox.com/scl/fo/a/b/c.mp4?rlkey=d&dl=1',
		"https://company.sharepoint.com/sites/a/_api/web/GetFileByServerRelativePath(decodedurl='/b.mp4')/$value",
		'https://company.sharepoint.com/_api/v2.0/drives/a/items/b/content?tempauth=c',
		'https://company.sharepoint.us/:v:/s/a/b?download=1',
	])('%s is a file', (url) => {
		expect(parse(url)).toBe(url);
	});
});

test('a host with very many dots is refused in no time', () => {
	const startedAt = Date.now();
	expect(() => parse(`https://a${'.'.repeat(100_000)}com/x.mp4`)).not.toThrow(RangeError);
	// It was 17 s when each dot was tried
	expect(Date.now() - startedAt).toBeLessThan(5_000);
});
