import type { Cue } from '../cue';
import { isPunctuated } from './scripts';
import { unitsOf } from './units';

/**
 * Words that open a phrase, by language: conjunctions, prepositions, articles. A line or cue may end
 * before one of them, and should not end behind it. Languages whose words of this kind follow the
 * noun (Turkish, Hindi, Japanese, Korean) have only their conjunctions here, or nothing.
 */
const TABLE: Readonly<Record<string, string>> = {
	ara: 'و أو لكن ثم أن إن لأن إذا عندما حيث الذي التي الذين في من إلى على عن مع بين بعد قبل تحت فوق عند حتى منذ',
	dan: 'og eller men at fordi hvis når som der i på til fra med af om for ved under over efter før en et den det de',
	dut: 'en of maar want dat omdat als toen die waar in op aan van voor met bij naar uit door over onder na om tot de het een',
	eng: 'and or but nor so yet because that if when while which who where than although though unless until since in on at to from of for with by about into over under after before between through during without against the a an',
	fre: 'et ou mais donc or ni car que qui quand si comme lorsque puisque où dans sur sous à de en par pour avec sans chez vers entre depuis pendant avant après contre le la les un une des du au aux',
	ger: 'und oder aber denn sondern dass daß weil wenn als ob obwohl damit während der die das den dem des ein eine einen einem einer eines in im an am auf aus bei mit nach von vom zu zum zur für durch über unter vor zwischen ohne gegen um seit bis',
	heb: 'או אבל כי אם כאשר אשר של על אל עם בין לפני אחרי תחת מן עד את',
	ind: 'dan atau tetapi karena bahwa jika ketika yang di ke dari pada untuk dengan oleh dalam tentang antara sebelum sesudah',
	ita: 'e ed o ma perché che se quando come mentre dove in a ad di da con su per tra fra nel nella nei nelle del della dei delle dal dalla al alla ai alle sul sulla il lo la i gli le un uno una',
	nor: 'og eller men at fordi hvis når som i på til fra med av om for ved under over etter før en ei et den det de',
	pol: 'i a oraz lub albo ale że bo ponieważ gdy kiedy jeśli który która które w we z ze na do od o u po za przed przez dla pod nad bez między',
	por: 'e ou mas porque que se quando como onde em no na nos nas de do da dos das a ao à aos às com por pelo pela para sem sobre entre até desde o os as um uma',
	rus: 'и или но а что чтобы потому если когда как где который которая которые в во на с со к ко от до из за по о об у для без под над при через между перед',
	spa: 'y e o u pero sino porque que si cuando como donde en a al de del con por para sin sobre entre hasta desde contra el la los las un una unos unas',
	swe: 'och eller men att för eftersom om när som i på till från med av under över efter före vid en ett den det de',
	tur: 've veya ya ama fakat çünkü ki',
	ukr: 'і й та або але що щоб бо якщо коли як де який яка які в у на з із зі до від за по про для без під над при через між перед',
	vie: 'và hoặc nhưng mà vì nếu khi rằng ở trong trên dưới của với cho từ đến bởi về',
};

/** Languages that write the number of a day with a dot. */
const ORDINAL_DOTS = new Set(
	'bos cze dan est fao fin ger hrv hun ice lav nno nor pol slo slv srp tur'.split(' '),
);

/** What is known of a text to break its lines. */
export interface Grammar {
	/** The words that open a phrase, in lower case; none if there is no table for the language. */
	openers: ReadonlySet<string>;
	/** The words that stay with the number before them. */
	units: ReadonlySet<string>;
	/** Whether a number with a dot does not end a sentence. */
	hasOrdinalDots: boolean;
	/** Whether Chinese or Japanese has its own marks. Spaces in their place are lost at line ends. */
	isPunctuated: boolean;
}

const OPENERS = new Map(
	Object.entries(TABLE).map(([language, words]) => [language, new Set(words.split(' '))]),
);

/** @param language a code of Gcore's such as `ger`; null if it is not known */
export function grammarOf(language: string | null, cues: readonly Cue[]): Grammar {
	const code = language ?? '';
	return {
		openers: OPENERS.get(code) ?? new Set(),
		units: unitsOf(code),
		hasOrdinalDots: ORDINAL_DOTS.has(code),
		isPunctuated: isPunctuated(cues.map(({ text }) => text).join('\n')),
	};
}
