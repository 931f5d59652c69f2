import { create } from '../../nodes/Gcore/resources/transcriptionTask/create';

test('Create asks as a person thinks: what video, which languages, whose, whether to wait', () => {
	const questions = ['url', 'audioLanguage', 'subtitlesLanguage', 'additionalFields'];
	const order = create.properties.map(({ name }) => name);
	expect(order.filter((name) => [...questions, 'waitForCompletion'].includes(name))).toEqual([
		...questions,
		'waitForCompletion',
	]);
});
