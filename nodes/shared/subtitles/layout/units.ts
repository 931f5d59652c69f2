/** Words that stay with the number before them: units of measure, and what is counted most. */
export const UNITS = new Set(
	[
		'% ‰ ° °C °F km m cm mm km/h mph kg g mg t l ml s ms min h Hz kHz MHz GHz W kW MW V A B kB KB MB GB TB px',
		'$ € £ ¥ ₽ USD EUR GBP kr zł am pm a.m p.m',
		'percent inch inches foot feet yard yards mile miles meter meters metre metres kilometer kilometers kilometre kilometres',
		'pound pounds dollar dollars euro euros cent cents degree degrees second seconds minute minutes hour hours day days week weeks month months year years hundred thousand million billion trillion',
		'Prozent Grad Uhr Meter Metern Kilometer Kilometern Kilo Liter Tonnen Sekunde Sekunden Minute Minuten Stunde Stunden Tag Tage Tagen Woche Wochen Monat Monate Monaten Jahr Jahre Jahren Cent Dollar Tausend Million Millionen Milliarde Milliarden',
		'mètre mètres kilomètre kilomètres kilos litres degrés seconde secondes heure heures jour jours semaines mois ans années mille millions milliards',
		'metro metros kilómetro kilómetros kilos litros grados segundo segundos minuto minutos hora horas día días semanas mes meses año años euros dólares mil millón millones',
		'metri chilometri litri gradi secondi minuti ore giorni settimane mesi anni euro milioni miliardi',
		'quilômetros quilómetros graus dias anos reais milhões bilhões',
		'км м см кг г л ч мин сек руб рублей метров километров процентов градусов секунд минут часов час часа дней лет год году тысяч миллион миллионов миллиардов',
	]
		.join(' ')
		.split(' '),
);
