import express from 'express';

/** The only sheet. */
export interface Sheet {
	/** The first has the names of the columns. */
	rows: string[][];
	/** For each writing of values, how Google was to read them: as they are (RAW) or as if typed. */
	writes: string[];
}

/** What n8n writes: values for a range such as `Videos!B2`. */
interface Writing {
	valueInputOption: string;
	data: Array<{ range: string; values: string[][] }>;
}

/** Google Sheets, as far as n8n's node uses it to read rows and to update some. */
export function sheetOf(sheet: Sheet): express.Router {
	const router = express.Router();

	router.get('/v4/spreadsheets/:id', (_request, response) => {
		response.json({ sheets: [{ properties: { sheetId: 0, title: 'Videos' } }] });
	});

	router.get('/v4/spreadsheets/:id/values/:range', ({ params }, response) => {
		const [, first, last] = /!(\d+):(\d+)$/.exec(params.range) ?? [];
		const values = first ? sheet.rows.slice(Number(first) - 1, Number(last)) : sheet.rows;
		response.json({ range: params.range, values });
	});

	router.post(
		'/v4/spreadsheets/:id/values\\:batchUpdate',
		express.json({ limit: '10mb' }),
		({ body }, response) => {
			const { valueInputOption, data } = body as Writing;
			sheet.writes.push(valueInputOption);
			for (const { range, values } of data) write(sheet, range, values);
			response.json({});
		},
	);
	return router;
}

function write({ rows }: Sheet, range: string, values: string[][]): void {
	const [, column = '', row] = /!([A-Z])(\d+)/.exec(range) ?? [];
	const cells = (rows[Number(row) - 1] ??= []);
	const from = column.charCodeAt(0) - 'A'.charCodeAt(0);
	values[0]?.forEach((value, index) => (cells[from + index] = value));
}
