import {
  type Alphabet,
  central,
  cyrillic,
  greek,
  halfWidth,
  sharesOf,
  thai,
  turkish,
  vietnamese,
  western,
} from './alphabets.ts';
import { japanese, korean, simplified, traditional } from './common-characters.ts';
import { decodeAs } from './decode-as.ts';

/**
 * How likely the bytes of a text are in a code page, if they are of one language. In pages of two bytes each zone has the share that its
 * characters have in names and titles, spread evenly over the zone: almost every Japanese name has kana, and few Chinese ones use
 * characters outside the 3,755 of GB 2312's first level. In pages of one byte each letter has its own share.
 */
export interface CodePage {
  /** Label for `decodeAs`. */
  label: string;
  /** Share among names with an undeclared encoding. */
  prior: number;
  /** Returns the log-likelihood of the text. */
  score(bytes: Uint8Array): number;
}

/** Kind of system that an archive says it was made on. */
export type Maker = 'dos' | 'unix';

/**
 * Pages that programs write on one kind of system only. Those for Windows write names in the page of DOS (Info-ZIP's unzip reads them so),
 * which in East Asia, Thailand and Viet Nam is that of Windows too.
 */
const writtenOn: Readonly<Record<Maker, RegExp>> = {
  dos: /^(cp437|cp850|cp852|ibm866)$/,
  unix: /^(windows-125[0-4]|koi8-u|euc-jp)$/,
};
/** Share of archives that do not say so, or contain names that were taken over from another system. */
const takenOver = 0.1;

/** Returns the share of a code page among names that archives made on such a system do not declare. */
export function priorOn(
  maker: Maker | undefined,
  { label, prior }: Pick<CodePage, 'label' | 'prior'>,
): number {
  if (maker === undefined) return prior;
  const other = maker === 'dos' ? 'unix' : 'dos';
  return writtenOn[other].test(label) ? takenOver * prior : prior;
}

/** Share of a zone, and the number of characters in it. */
type Zone = readonly [share: number, size: number];

const isLetter = (byte: number) => (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
const within = (value: number, from: number, to: number) => value >= from && value <= to;
/** Latin letters seldom touch ideographs. */
const beside = Math.log(0.03);
/** A capital after a small letter, a mark without its letter, a sign inside a word, also one that opens a Spanish sentence. */
const unusual = Math.log(0.02);
/** A letter of another alphabet inside a word, and a script between two pieces of another. */
const mixed = Math.log(0.0005);
const chance = ([share, size]: Zone) => Math.log(share / size);

const lettersOfNames = 0.6;

/** Returns the chance of an ASCII character in a file's name: a letter, a digit or one of the few joining symbols. */
function asciiChance(byte: number): number {
  if (isLetter(byte)) return chance([lettersOfNames, 52]);
  if (byte >= 0x30 && byte <= 0x39) return chance([0.25, 10]);
  return chance(' .-_/()'.includes(String.fromCharCode(byte)) ? [0.13, 7] : [0.02, 26]);
}

/**
 * Scores a page of two bytes.
 * @param common frequent characters of the language; a third of all are these
 * @param zoneOf returns the zone of another character
 * @param single returns the log-likelihood of a single byte above 0x7F after another byte; undefined if the byte begins a character
 */
function twoBytes(
  label: string,
  prior: number,
  common: string,
  zoneOf: (lead: number, trail: number) => Zone,
  single?: (byte: number, before: number) => number | undefined,
): CodePage {
  const characters = new Set(common);
  const frequent = { characters, chance: chance([0.35, characters.size]) };
  return {
    label,
    prior,
    score(bytes) {
      let sum = 0;
      let before: 'wide' | 'single' | 'latin' | undefined;
      let meetings = 0;
      let [wides, contacts] = [0, 0];
      let i = 0;
      for (const one of new TextDecoder(label).decode(bytes)) {
        const lead = bytes[i] ?? 0;
        const share = lead > 0x7f ? single?.(lead, bytes[i - 1] ?? 0) : undefined;
        const kind =
          share !== undefined ? 'single' : lead > 0x7f ? 'wide' : isLetter(lead) ? 'latin' : undefined;
        meetings = before && kind ? meetings + (before === kind ? 0 : 1) : 0;
        if (before && kind && before !== kind) {
          sum += meetings > 1 || meetsLatin(before, kind) ? mixed : beside;
          contacts += 1;
        }
        if (kind === 'wide') wides += 1;
        if (share !== undefined) sum += share;
        else if (kind !== 'wide') sum += asciiChance(lead);
        else if (frequent.characters.has(one)) sum += frequent.chance;
        else sum += chance(zoneOf(lead, bytes[i + 1] ?? 0));
        i += kind === 'wide' ? 2 : 1;
        before = kind;
      }
      // `震adjouk` is `Ékadjouk` in a page of DOS.
      return wides === 1 && contacts > 0 ? sum + mixed : sum;
    },
  };
}

/** Returns whether Latin letters meet the page's single bytes above 0x7F. */
const meetsLatin = (one: string, other: string) => one !== 'wide' && other !== 'wide' && one !== other;

const halfShares = sharesOf(halfWidth);
/**
 * Returns the log-likelihood of a katakana of half the width, if they are this share of the characters: voice marks follow only the
 * letters that they change.
 */
const halfWidthChance = (part: number) => (byte: number, before: number) => {
  if (!within(byte, 0xa1, 0xdf)) return undefined;
  const share = (halfShares.get(String.fromCharCode(0xff61 + byte - 0xa1)) ?? 0) * part;
  const canBeHalfVoiced = within(before, 0xca, 0xce);
  const canBeVoiced = within(before, 0xb6, 0xc4) || canBeHalfVoiced || before === 0xb3;
  const isWrong = (byte === 0xde && !canBeVoiced) || (byte === 0xdf && !canBeHalfVoiced);
  return Math.log(share) + (isWrong ? unusual : 0);
};

const rare: Zone = [0.002, 10_000];
/** Zones of JIS X 0208 in Shift-JIS. */
function shiftJisZone(lead: number, trail: number): Zone {
  if (lead === 0x82 && within(trail, 0x9f, 0xf1)) return [0.3, 83];
  if (lead === 0x83 && within(trail, 0x40, 0x96)) return [0.3, 86];
  if (lead === 0x81) return [0.08, 108];
  if (lead === 0x82) return [0.03, 62];
  if (within(lead, 0x88, 0x97) || (lead === 0x98 && trail < 0x73)) return [0.28, 2965];
  return within(lead, 0x98, 0xea) ? [0.01, 3390] : rare;
}

const latinLetter = /\p{Script=Latin}/u;
/** A letter of another language that uses Latin letters: `São Tomé` in French. */
const foreign: Zone = [0.03, 60];
/** Printed apostrophe, inside words such as `l’Ouest`; the pages of DOS do not have it. */
const apostrophe = '\u2019';
/** A sign beyond ASCII in a page of single bytes. */
const sign: Zone = [0.02, 64];

/**
 * Scores the text that a page of single bytes gives by the letters of the languages that use the page. Marks that are separate
 * characters, as in Thai, stand after letters only; a sign stands between words.
 */
function oneByte(label: string, prior: number, alphabet: Alphabet): CodePage {
  const shares = sharesOf(alphabet);
  const ascii = sharesOf({ letters: alphabet.ascii ?? '' });
  const notFirst = new Set(alphabet.notFirst);
  const isLatin = alphabet.share < 1;
  const own = Math.log(alphabet.share);
  const latin = isLatin ? Math.log(1 - alphabet.share) : 0;
  return {
    label,
    prior,
    score(bytes) {
      let sum = 0;
      let before: 'own' | 'latin' | undefined;
      let [wasSmall, wasSign] = [false, false];
      for (const one of decodeAs(label, bytes) ?? '') {
        const small = one.toLowerCase();
        const share = shares.get(small);
        const kind = share ? 'own' : latinLetter.test(small) ? 'latin' : undefined;
        if (before && kind && before !== kind && !isLatin) sum += mixed;
        if (before && kind && wasSmall && one !== small) sum += unusual;
        if (wasSign && kind) sum += unusual;
        if (kind === 'own') {
          if (/\p{M}/u.test(one) && before !== 'own') sum += unusual;
          if (!before && notFirst.has(small)) sum += unusual;
          if (before && /[¡¿]/.test(one)) sum += unusual;
          sum += own + Math.log(share ?? 1);
        } else if (one < '\u0080') {
          if (kind) sum += latin;
          const part = ascii.get(small);
          sum += part ? chance([lettersOfNames * part, 2]) : asciiChance(one.charCodeAt(0));
        } else if (kind) sum += own + chance(foreign);
        else if (one === apostrophe) sum += asciiChance(0x27);
        else {
          if (before) sum += unusual;
          sum += chance(sign);
        }
        before = kind;
        wasSmall = one !== one.toUpperCase();
        wasSign = !kind && one >= '\u0080' && one !== apostrophe;
      }
      return sum;
    },
  };
}

const symbols: Zone = [0.05, 120];

/** Code pages with their languages. On Windows most programs write names in the page of DOS, so that has the larger share. */
export const codePages: readonly CodePage[] = [
  twoBytes('shift_jis', 0.27, japanese, shiftJisZone, halfWidthChance(0.05)),
  twoBytes('shift_jis', 0.03, japanese, shiftJisZone, halfWidthChance(0.8)),
  twoBytes('euc-jp', 0.03, japanese, (lead) => {
    if (lead === 0xa4) return [0.3, 83];
    if (lead === 0xa5) return [0.3, 86];
    if (within(lead, 0xa1, 0xa3)) return [0.1, 200];
    if (within(lead, 0xb0, 0xcf)) return [0.28, 2965];
    return within(lead, 0xd0, 0xf4) ? [0.01, 3390] : rare;
  }),
  twoBytes('gbk', 0.2, simplified, (lead, trail) => {
    if (trail < 0xa1) return [0.005, 14_000];
    if (within(lead, 0xb0, 0xd7)) return [0.55, 3755];
    if (within(lead, 0xd8, 0xf7)) return [0.04, 3008];
    return within(lead, 0xa1, 0xa3) ? symbols : rare;
  }),
  twoBytes('big5', 0.1, traditional, (lead) => {
    if (within(lead, 0xa4, 0xc6)) return [0.55, 5401];
    if (within(lead, 0xa1, 0xa3)) return symbols;
    return within(lead, 0xc9, 0xf9) ? [0.03, 7652] : rare;
  }),
  twoBytes('euc-kr', 0.1, korean, (lead, trail) => {
    if (trail < 0xa1) return [0.005, 8822];
    if (within(lead, 0xb0, 0xc8)) return [0.58, 2350];
    if (within(lead, 0xa1, 0xac)) return symbols;
    return within(lead, 0xca, 0xfd) ? [0.01, 4888] : rare;
  }),
  ...western.map((alphabet) => oneByte('cp437', 0.3 / western.length, alphabet)),
  ...western.map((alphabet) => oneByte('cp850', 0.2 / western.length, alphabet)),
  ...western.map((alphabet) => oneByte('windows-1252', 0.12 / western.length, alphabet)),
  ...central.map((alphabet) => oneByte('cp852', 0.02 / central.length, alphabet)),
  ...central.map((alphabet) => oneByte('windows-1250', 0.02 / central.length, alphabet)),
  oneByte('windows-1258', 0.05, vietnamese),
  oneByte('ibm866', 0.05, cyrillic),
  oneByte('windows-1251', 0.03, cyrillic),
  oneByte('koi8-u', 0.02, cyrillic),
  oneByte('windows-874', 0.04, thai),
  oneByte('windows-1253', 0.01, greek),
  oneByte('windows-1254', 0.004, turkish),
];
