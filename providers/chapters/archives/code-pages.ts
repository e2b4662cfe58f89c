/**
 * How likely the bytes of a text are in a code page. Each zone of the page has the share that its characters have in
 * names and titles of that language, spread evenly over the zone: almost every Japanese name has kana, and few Chinese
 * ones use characters outside the 3,755 of GB 2312's first level.
 */
export interface CodePage {
  /** Label for TextDecoder; `cp437` is decoded here. */
  label: string;
  /** Share among names with an undeclared encoding. */
  prior: number;
  /** Returns the log-likelihood of the text. */
  score(bytes: Uint8Array): number;
}

/** Share of a zone, and the number of characters in it. */
type Zone = readonly [share: number, size: number];

const isLetter = (byte: number) => (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
/** Latin letters sometimes occur next to ideographs. */
const beside = Math.log(0.15);
const chance = ([share, size]: Zone) => Math.log(share / size);

/** Returns the chance of an ASCII character in a file's name: a letter, a digit or one of the few joining symbols. */
function asciiChance(byte: number): number {
  if (isLetter(byte)) return chance([0.6, 52]);
  if (byte >= 0x30 && byte <= 0x39) return chance([0.25, 10]);
  return chance(' .-_/()'.includes(String.fromCharCode(byte)) ? [0.13, 7] : [0.02, 26]);
}

/**
 * @param zoneOf zone of a two-byte character; `single` is the zone of a single byte above 0x7F, if the page has such
 */
function twoBytes(
  label: string,
  prior: number,
  zoneOf: (lead: number, trail: number) => Zone,
  single?: { from: number; to: number; zone: Zone },
): CodePage {
  return {
    label,
    prior,
    score(bytes) {
      let sum = 0;
      let wasWide: boolean | undefined;
      for (let i = 0; i < bytes.length; i++) {
        const lead = bytes[i] ?? 0;
        const isWide = lead > 0x7f;
        if (!isWide && !isLetter(lead)) wasWide = undefined;
        else {
          if (wasWide !== undefined && wasWide !== isWide) sum += beside;
          wasWide = isWide;
        }
        if (!isWide) sum += asciiChance(lead);
        else if (single && lead >= single.from && lead <= single.to) sum += chance(single.zone);
        else sum += chance(zoneOf(lead, bytes[++i] ?? 0));
      }
      return sum;
    },
  };
}

const within = (value: number, from: number, to: number) => value >= from && value <= to;
const rare: Zone = [0.002, 10_000];

/** @param high zone of a byte; `afterHigh` is how often one byte above 0x7F follows another inside a word */
function oneByte(label: string, prior: number, zoneOf: (byte: number) => Zone, afterHigh: number): CodePage {
  return {
    label,
    prior,
    score(bytes) {
      let sum = 0;
      let before: 'high' | 'letter' | undefined;
      for (const byte of bytes) {
        if (byte > 0x7f) {
          if (before) sum += Math.log(before === 'high' ? afterHigh : 1 - afterHigh);
          sum += chance(zoneOf(byte));
          before = 'high';
          continue;
        }
        if (before === 'high' && isLetter(byte)) sum += Math.log(1 - afterHigh);
        sum += asciiChance(byte);
        before = isLetter(byte) ? 'letter' : undefined;
      }
      return sum;
    },
  };
}

const symbols: Zone = [0.05, 120];

export const codePages: readonly CodePage[] = [
  twoBytes(
    'shift_jis',
    0.3,
    (lead, trail) => {
      if (lead === 0x82 && within(trail, 0x9f, 0xf1)) return [0.3, 83];
      if (lead === 0x83 && within(trail, 0x40, 0x96)) return [0.3, 86];
      if (lead === 0x81) return [0.08, 108];
      if (lead === 0x82) return [0.03, 62];
      if (within(lead, 0x88, 0x97) || (lead === 0x98 && trail < 0x73)) return [0.28, 2965];
      return within(lead, 0x98, 0xea) ? [0.01, 3390] : rare;
    },
    { from: 0xa1, to: 0xdf, zone: [0.01, 63] },
  ),
  twoBytes('euc-jp', 0.03, (lead) => {
    if (lead === 0xa4) return [0.3, 83];
    if (lead === 0xa5) return [0.3, 86];
    if (within(lead, 0xa1, 0xa3)) return [0.1, 200];
    if (within(lead, 0xb0, 0xcf)) return [0.28, 2965];
    return within(lead, 0xd0, 0xf4) ? [0.01, 3390] : rare;
  }),
  twoBytes('gbk', 0.2, (lead, trail) => {
    if (trail < 0xa1) return [0.005, 14_000];
    if (within(lead, 0xb0, 0xd7)) return [0.88, 3755];
    if (within(lead, 0xd8, 0xf7)) return [0.04, 3008];
    return within(lead, 0xa1, 0xa3) ? symbols : rare;
  }),
  twoBytes('big5', 0.1, (lead) => {
    if (within(lead, 0xa4, 0xc6)) return [0.9, 5401];
    if (within(lead, 0xa1, 0xa3)) return symbols;
    return within(lead, 0xc9, 0xf9) ? [0.03, 7652] : rare;
  }),
  twoBytes('euc-kr', 0.1, (lead, trail) => {
    if (trail < 0xa1) return [0.005, 8822];
    if (within(lead, 0xb0, 0xc8)) return [0.93, 2350];
    if (within(lead, 0xa1, 0xac)) return symbols;
    return within(lead, 0xca, 0xfd) ? [0.01, 4888] : rare;
  }),
  oneByte(
    'cp437',
    0.08,
    (byte) => (byte < 0x9b || within(byte, 0xa0, 0xa5) || byte === 0xe1 ? [0.9, 34] : [0.1, 94]),
    0.05,
  ),
  oneByte('windows-1252', 0.06, (byte) => (byte >= 0xc0 ? [0.9, 62] : [0.1, 60]), 0.05),
  oneByte(
    'windows-1258',
    0.05,
    (byte) =>
      [0xcc, 0xd2, 0xde, 0xec, 0xf2].includes(byte) ? [0.3, 5] : byte >= 0xc0 ? [0.65, 55] : [0.05, 60],
    0.15,
  ),
  oneByte('ibm866', 0.05, (byte) => (byte < 0xb0 || within(byte, 0xe0, 0xef) ? [0.97, 64] : [0.03, 64]), 0.9),
  oneByte('windows-1251', 0.03, (byte) => (byte >= 0xc0 ? [0.97, 64] : [0.03, 60]), 0.9),
];
