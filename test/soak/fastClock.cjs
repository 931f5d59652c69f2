/**
 * Loaded into a process before it starts: its clock runs FAST_CLOCK_SPEED times as fast from the time
 * FAST_CLOCK_FROM on, in ms since the epoch. Timers keep their length.
 */
const from = Number(process.env.FAST_CLOCK_FROM);
const speed = Number(process.env.FAST_CLOCK_SPEED);
const RealDate = Date;
const now = () => {
	const real = RealDate.now();
	return real < from ? real : Math.round(from + (real - from) * speed);
};

globalThis.Date = class Date extends RealDate {
	constructor(...parts) {
		super(...(parts.length > 0 ? parts : [now()]));
	}

	static now() {
		return now();
	}
};
