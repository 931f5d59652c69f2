/** Symbols that every language has. */
const SYMBOLS =
	'% ‰ ° °C °F K nm µm μm mm cm dm m km mm² cm² m² km² mm2 cm2 m2 km2 mm³ cm³ m³ km³ cm3 m3 km/h km/s m/s m/s² mph kn µg μg mg g kg t µl μl ml cl dl l L hl ns µs μs ms s sec min h hr hrs Hz kHz MHz GHz rpm bpm mW W kW MW GW TW Wh kWh MWh GWh TWh mV V kV mA A Ah mAh Ω kΩ J kJ MJ N kN Nm Pa hPa kPa MPa mbar psi cal kcal dB lm lx ppm pH kbit Mbit Gbit B kB KB MB GB TB PB KiB MiB GiB TiB kbps Mbps Gbps kbit/s Mbit/s Gbit/s MB/s GB/s px dpi fps Mpx';

/** These stand before their number as well. */
const CURRENCY_NAMES =
	'$ € £ ¥ ₽ ₹ ₩ ₺ ₴ ₪ ₫ USD EUR GBP JPY CNY RMB CHF CAD AUD NZD INR RUB UAH PLN CZK HUF RON SEK NOK DKK ISK TRY BRL MXN ZAR KRW SGD HKD THB IDR VND ILS AED SAR EGP BTC ETH kr zł Kč Ft Rs Rs. RM';

/** The units, currencies and measures of time that languages write as words. */
const TABLE: Readonly<Record<string, string>> = {
	ara: 'متر أمتار مترا متراً كيلومتر كيلومترا كيلومتراً كيلومترات سنتيمتر سنتيمترا سنتيمترات ميل أميال جرام جراما جرامات غرام غراما غرامات كيلو كيلوجرام كيلوغرام كيلوغراما كيلوغرامات طن طنا أطنان لتر لترا لترات درجة درجات ثانية ثوان ثواني ثوانٍ دقيقة دقائق ساعة ساعات يوم يوما يوماً أيام أسبوع أسابيع شهر شهرا شهراً أشهر شهور سنة سنوات عام عاما عاماً أعوام دولار دولارا دولارات يورو جنيه جنيها جنيهات ريال ريالا ريالات درهم درهما دراهم دينار دينارا دنانير ألف آلاف ألفا مليون مليونا ملايين مليار مليارات بالمئة بالمائة',
	cze: 'ha metr metry metrů kilometr kilometry kilometrů gram gramy gramů kilogram kilogramy kilogramů kilo kila tun tuny litr litry litrů stupeň stupně stupňů sekunda sekundy sekund minuta minuty minut hodina hodiny hodin den dny dní týden týdny týdnů měsíc měsíce měsíců rok roky roku let koruna koruny korun eur dolar dolary dolarů tisíc tisíce milion miliony milionů miliarda miliardy miliard procento procenta procent',
	dan: 'meter kilometer centimeter kvadratmeter gram kilo ton liter grader sekund sekunder minut minutter time timer dag dage uge uger måned måneder år kroner øre euro dollar tusind million millioner milliard milliarder procent',
	dut: 'ha bit meter kilometer centimeter millimeter gram kilo kilogram ton liter graden seconde seconden minuut minuten uur uren dag dagen week weken maand maanden jaar jaren euro dollar cent duizend miljoen miljard procent vierkante',
	eng: "ft yd mi lb lbs oz pt gal sqm sqft percent percentage inch inches foot feet yard yards mile miles meter meters metre metres kilometer kilometers kilometre kilometres centimeter centimeters centimetre centimetres millimeter millimeters millimetre millimetres square cubic acre acres hectare hectares gram grams gramme grammes kilo kilos kilogram kilograms kilogramme kilogrammes milligram milligrams ton tons tonne tonnes ounce ounces pound pounds stone liter liters litre litres milliliter milliliters millilitre millilitres gallon gallons pint pints quart quarts cup cups tablespoon tablespoons teaspoon teaspoons barrel barrels byte bytes bit bits kilobyte kilobytes megabyte megabytes gigabyte gigabytes terabyte terabytes megabit megabits gigabit gigabits pixel pixels watt watts kilowatt kilowatts megawatt megawatts gigawatt gigawatts volt volts amp amps hertz kilohertz megahertz gigahertz calorie calories horsepower knots degree degrees Celsius Fahrenheit millisecond milliseconds second seconds minute minutes hour hours o'clock o’clock am pm a.m p.m AM PM A.M P.M day days week weeks fortnight month months year years decade decades century centuries dollar dollars cent cents euro euros pence penny yen yuan rupee rupees bucks hundred thousand million millions billion billions trillion trillions dozen",
	fin: 'metri metriä kilometri kilometriä senttiä senttimetriä neliömetriä gramma grammaa kilo kiloa kilogrammaa tonni tonnia litra litraa astetta sekunti sekuntia minuutti minuuttia tunti tuntia päivä päivää viikko viikkoa kuukausi kuukautta vuosi vuotta euro euroa dollari dollaria tuhatta miljoona miljoonaa miljardi miljardia prosentti prosenttia',
	fre: 'mètre mètres kilomètre kilomètres centimètre centimètres millimètre millimètres hectare hectares gramme grammes kilo kilos kilogramme kilogrammes tonne tonnes litre litres octets kilo-octets mégaoctets gigaoctets watts kilowatts mégawatts volts degré degrés seconde secondes minute minutes heure heures jour jours semaine semaines mois an ans année années siècle siècles euro euros centime centimes dollar dollars livres francs roubles cent cents mille million millions milliard milliards',
	ger: 'ha bar Bit Prozent Promille Grad Uhr Millimeter Zentimeter Meter Metern Kilometer Kilometern Quadratmeter Quadratmetern Quadratkilometer Quadratkilometern Kubikmeter Kubikmetern Hektar Meilen Gramm Kilo Kilogramm Milligramm Tonne Tonnen Pfund Zentner Liter Litern Milliliter Byte Bytes Kilobyte Megabyte Gigabyte Terabyte Pixel Watt Kilowatt Megawatt Gigawatt Kilowattstunden Volt Ampere Hertz Kalorien Sekunde Sekunden Minute Minuten Stunde Stunden Tag Tage Tagen Woche Wochen Monat Monate Monaten Jahr Jahre Jahren Jahrhunderte Euro Cent Dollar Franken Rappen Rubel Hundert Tausend Tsd Million Millionen Mio Milliarde Milliarden Mrd Billion Billionen mal Mal Stück',
	gre: 'μέτρα μέτρο χιλιόμετρα χιλιόμετρο εκατοστά γραμμάρια κιλά κιλό τόνοι τόνους λίτρα λίτρο βαθμοί βαθμούς δευτερόλεπτα λεπτά λεπτό ώρα ώρες ημέρες μέρες εβδομάδες μήνες χρόνια έτη ευρώ δολάρια χιλιάδες εκατομμύρια δισεκατομμύρια',
	heb: 'מטר מטרים קילומטר קילומטרים סנטימטר ס״מ ק״מ ק״ג קילו קילוגרם גרם טון טונות ליטר ליטרים מעלות שניות דקות שעות ימים שבועות חודשים שנה שנים שקל שקלים דולר דולרים אירו אלף אלפים מיליון מיליונים מיליארד אחוז אחוזים',
	hin: 'मीटर किलोमीटर सेंटीमीटर फुट फीट मील ग्राम किलो किलोग्राम टन लीटर डिग्री सेकंड सेकेंड मिनट घंटा घंटे घंटों दिन दिनों हफ्ते सप्ताह महीना महीने महीनों साल सालों वर्ष वर्षों रुपया रुपये रुपए डॉलर यूरो बजे सौ हजार हज़ार लाख करोड़ अरब प्रतिशत फीसदी',
	hun: 'méter kilométer centiméter gramm deka kiló kilogramm tonna liter fok másodperc perc óra nap hét hónap év éves forint euró dollár ezer millió milliárd százalék',
	ind: 'meter kilometer sentimeter gram kilo kilogram ton liter derajat detik menit jam hari minggu bulan tahun rupiah dolar euro ribu juta miliar triliun persen',
	ita: 'metro metri chilometro chilometri centimetro centimetri millimetri ettari grammo grammi chilo chili chilogrammo chilogrammi tonnellata tonnellate litro litri watt chilowatt megawatt grado gradi secondo secondi minuto minuti ora ore giorno giorni settimana settimane mese mesi anno anni secoli euro centesimi dollaro dollari sterline lire mila milione milioni miliardo miliardi',
	kor: '퍼센트 미터 킬로미터 센티미터 그램 킬로그램 킬로 톤 리터 도 초 분 시간 시 일 주 개월 월 년 살 원 달러 유로 천 만 억 조 명 개 번',
	nor: 'meter kilometer centimeter kvadratmeter gram kilo tonn liter grader sekund sekunder minutt minutter time timer dag dager uke uker måned måneder år kroner øre euro dollar tusen million millioner milliard milliarder prosent',
	pol: 'ha metr metry metrów kilometr kilometry kilometrów centymetrów hektarów gram gramy gramów kilo kilogram kilogramy kilogramów tona tony ton litr litry litrów stopni stopnie sekunda sekundy sekund minuta minuty minut godzina godziny godzin dzień dni tydzień tygodnie tygodni miesiąc miesiące miesięcy rok roku lata lat złoty złote złotych groszy euro dolar dolary dolarów tysiąc tysiące tysięcy tys milion miliony milionów mln miliard miliardy miliardów mld procent',
	por: 'metro metros quilômetro quilômetros quilómetro quilómetros centímetros milímetros hectares grama gramas quilo quilos quilograma quilogramas tonelada toneladas litro litros watts quilowatts grau graus segundo segundos minuto minutos hora horas dia dias semana semanas mês meses ano anos séculos real reais centavos euro euros dólar dólares mil milhão milhões bilhão bilhões',
	rum: 'metri kilometri centimetri grame kilograme kile tone litri grade secunde minute ore zile săptămâni luni ani lei euro dolari mii milioane miliarde',
	rus: 'мм см м км кг г мг т л мл га сек с мин ч кВт МВт ГБ МБ руб коп тыс млн млрд трлн процент процента процентов метр метра метров километр километра километров сантиметр сантиметра сантиметров миллиметров гектар гектара гектаров грамм грамма граммов килограмм килограмма килограммов тонна тонны тонн литр литра литров градус градуса градусов секунда секунды секунд минута минуты минут час часа часов день дня дней неделя недели недель месяц месяца месяцев год года году лет века веков рубль рубля рублей копеек доллар доллара долларов евро тысяча тысячи тысяч миллион миллиона миллионов миллиард миллиарда миллиардов',
	spa: 'metro metros kilómetro kilómetros centímetro centímetros milímetros hectáreas gramo gramos kilo kilos kilogramo kilogramos tonelada toneladas litro litros vatios kilovatios megavatios voltios grado grados segundo segundos minuto minutos hora horas día días semana semanas mes meses año años siglos euro euros céntimos dólar dólares peso pesos libras mil millón millones billón billones',
	swe: 'meter kilometer centimeter millimeter kvadratmeter gram hekto kilo ton liter grader sekund sekunder minut minuter timme timmar dag dagar dygn vecka veckor månad månader år kronor öre euro dollar tusen miljon miljoner miljard miljarder procent',
	tur: 'metre kilometre santimetre gram kilo kilogram ton litre derece saniye dakika saat gün hafta ay yıl lira kuruş dolar avro euro bin milyon milyar trilyon yüzde',
	ukr: 'мм см м км кг г т л хв год с грн тис млн млрд відсоток відсотки відсотків метр метри метрів кілометр кілометри кілометрів грам грами грамів кілограм кілограми кілограмів тонна тонни тонн літр літри літрів градуси градусів секунда секунди секунд хвилина хвилини хвилин година години годин день дні днів тиждень тижні тижнів місяць місяці місяців рік роки року років гривня гривні гривень долар долари доларів євро тисяча тисячі тисяч мільйон мільйони мільйонів мільярд мільярди мільярдів',
	vie: 'mét kilômét kilomet cân ký kilôgam gam tấn lít độ giây phút giờ tiếng ngày tuần tháng năm đồng đô euro nghìn ngàn triệu tỷ phần',
};

const wordsOf = (text: string) => text.split(' ');

const COMMON = wordsOf(`${SYMBOLS} ${CURRENCY_NAMES}`);

const BY_LANGUAGE = new Map(
	Object.entries(TABLE).map(([code, words]) => [code, new Set([...COMMON, ...wordsOf(words)])]),
);

const ALL = new Set([...BY_LANGUAGE.values()].flatMap((words) => [...words]));

export const CURRENCIES = new Set(wordsOf(CURRENCY_NAMES));

/** The words that stay with the number before them; those of all languages if there is no table for one. */
export function unitsOf(language: string): ReadonlySet<string> {
	return BY_LANGUAGE.get(language) ?? ALL;
}
