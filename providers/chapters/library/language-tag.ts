/** Country codes that are often written instead of a language. */
const mistaken: Readonly<Record<string, string>> = {
  jp: 'ja',
  vn: 'vi',
  cn: 'zh',
  tw: 'zh-TW',
  kp: 'ko',
  ua: 'uk',
  gr: 'el',
  dk: 'da',
  cz: 'cs',
};

/** Names of languages that ICU has in other words, or not as separate languages. */
const otherNames: Readonly<Record<string, string>> = {
  mandarin: 'zh',
  castilian: 'es',
  castellano: 'es',
  flemish: 'nl',
  farsi: 'fa',
  valencian: 'ca',
  'bahasa indonesia': 'id',
  'bahasa melayu': 'ms',
  ภาษาไทย: 'th',
};

const english = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

const folded = (name: string) => name.normalize('NFKC').trim().toLowerCase();

/** Dialects, scripts and languages of three letters that have a separate name, such as `Brazilian Portuguese`. */
const dialects = [
  ...[
    'pt-BR',
    'pt-PT',
    'zh-Hans',
    'zh-Hant',
    'es-419',
    'es-ES',
    'es-MX',
    'fr-CA',
    'en-US',
    'en-GB',
    'yue',
    'fil',
  ],
];

const letters = [...'abcdefghijklmnopqrstuvwxyz'];
const pairs = letters.flatMap((a) => letters.map((b) => a + b));

let tagsByName: ReadonlyMap<string, string> | undefined;

/** Returns every language with a two-letter code, and dialects, by their names in English, in Vietnamese and in the language itself. */
function byName(): ReadonlyMap<string, string> {
  if (tagsByName) return tagsByName;
  const names = new Map(Object.entries(otherNames));
  const languages = pairs.filter(
    (tag) => english.of(tag) !== undefined && Intl.getCanonicalLocales(tag)[0] === tag,
  );
  // `Brazilian Portuguese` and `Portuguese (Brazil)`.
  for (const languageDisplay of ['dialect', 'standard'] as const)
    for (const tag of [...dialects, ...languages])
      for (const reader of ['en', 'vi', tag]) {
        const shown = new Intl.DisplayNames(reader, { type: 'language', fallback: 'none', languageDisplay });
        const name = shown.of(tag);
        if (name) names.set(folded(name), tag);
      }
  tagsByName = names;
  return names;
}

let placesByName: ReadonlyMap<string, string> | undefined;

/** Returns scripts and regions, by their names and codes. */
function placeOf(name: string): string | undefined {
  if (!placesByName) {
    const places = new Map<string, string>();
    for (const reader of ['en', 'vi', 'zh', 'pt', 'es', 'fr']) {
      const regions = new Intl.DisplayNames(reader, { type: 'region', fallback: 'none' });
      const scripts = new Intl.DisplayNames(reader, { type: 'script', fallback: 'none' });
      for (const code of [...pairs.map((pair) => pair.toUpperCase()), '419']) {
        const shown = regions.of(code);
        if (shown) places.set(folded(shown), code).set(code.toLowerCase(), code);
      }
      for (const code of ['Hans', 'Hant', 'Latn', 'Cyrl']) places.set(folded(scripts.of(code) ?? code), code);
    }
    for (const [code, written] of [
      ['Hans', ['simplified', 'hans', '简体', '簡體', '简', '简中']],
      ['Hant', ['traditional', 'hant', '繁體', '繁体', '繁', '繁中']],
      ['419', ['latam', 'latino', 'latinoamérica', 'latin']],
      ['BR', ['brazilian']],
      ['GB', ['uk', 'british']],
      ['US', ['usa', 'american']],
    ] as const)
      for (const name of written) places.set(name, code);
    placesByName = places;
  }
  return placesByName.get(name);
}

/** Returns the tag of `Chinese (Simplified)`, `Portuguese - Brazil` or `Chinese Traditional`; of the language alone if the rest is none. */
function withPlace(name: string): string | undefined {
  const [, language = '', place = ''] =
    /^(\p{L}[\p{L}\p{M} ]*?)\s*(?:[,/:–-]\s*|[([]\s*)([\p{L}\p{M}\d ]+?)\s*[)\]]?$/u.exec(name) ??
    /^(\S+) (\S+)$/u.exec(name) ??
    [];
  const tag = byName().get(language);
  const found = placeOf(place);
  if (tag === undefined) return undefined;
  if (found) return Intl.getCanonicalLocales(`${tag.split('-')[0]}-${found}`)[0];
  return /[([]/.test(name) ? tag : undefined;
}

/**
 * Returns the BCP 47 tag of a language in metadata: ISO 639-1 (`vi`), ISO 639-2 in both its forms (`fra`, `fre`), a tag
 * with a region (`en_US`), or a name (`Vietnamese`, `日本語`, `Chinese (Simplified)`). Null if it is not exactly one language.
 */
export function languageTag(written: string): string | null {
  const text = folded(written).replaceAll('_', '-');
  // ISO 639-2 gives several names of one language: `Spanish; Castilian`.
  const named = new Set(text.split(/\s*;\s*/).flatMap((name) => byName().get(name) ?? withPlace(name) ?? []));
  if (named.size > 0) return named.size === 1 ? ([...named][0] as string) : null;
  try {
    const [tag = ''] = Intl.getCanonicalLocales(mistaken[text] ?? text);
    const { language } = new Intl.Locale(tag);
    return english.of(language) === undefined || /^(und|mul|mis|zxx)$/.test(language) ? null : tag;
  } catch {
    return null;
  }
}
