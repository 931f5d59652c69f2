import { GcoreApi } from '../../credentials/GcoreApi.credentials';
import { baseUrlOf } from '../../nodes/shared/api/credential';
import { evaluate } from './engine';

const { baseURL = '' } = new GcoreApi().test.request;

test.each([
	['https://api.gcore.com', 'https://api.gcore.com'],
	['', 'https://api.gcore.com'],
	['  ', 'https://api.gcore.com'],
	['/', 'https://api.gcore.com'],
	[undefined, 'https://api.gcore.com'],
	[' https://api.gcore.com/ ', 'https://api.gcore.com'],
	['https://api.gcore.com / /\n', 'https://api.gcore.com'],
	['api.gcore.com', 'https://api.gcore.com'],
	['//api.gcore.com', 'https://api.gcore.com'],
	['HTTP://127.0.0.1:8080/gcore/', 'HTTP://127.0.0.1:8080/gcore'],
])('the Base URL %p is %s, for the node and for the credential test alike', (baseUrl, expected) => {
	expect(baseUrlOf(baseUrl)).toBe(expected);
	expect(evaluate(baseURL, { apiKey: 'x', ...(baseUrl !== undefined && { baseUrl }) })).toBe(
		expected,
	);
});

test('the API key is masked', () => {
	const apiKey = new GcoreApi().properties.find(({ name }) => name === 'apiKey');
	expect(apiKey?.typeOptions).toEqual({ password: true });
});
