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

const english = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

const folded = (name: string) => name.normalize('NFC').trim().toLowerCase();

/** Dialects, scripts and languages of three letters that have a name in English, such as `Brazilian Portuguese`. */
const dialects = [
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
];

let tagsByName: ReadonlyMap<string, string> | undefined;

/** Returns every language with a two-letter code, by its name in English, in Vietnamese and in the language itself. */
function byName(): ReadonlyMap<string, string> {
  if (tagsByName) return tagsByName;
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  const vietnamese = new Intl.DisplayNames('vi', { type: 'language', fallback: 'none' });
  const names = new Map<string, string>();
  for (const tag of letters.flatMap((a) => letters.map((b) => a + b))) {
    const name = english.of(tag);
    if (name === undefined || Intl.getCanonicalLocales(tag)[0] !== tag) continue;
    const own = new Intl.DisplayNames(tag, { type: 'language', fallback: 'none' }).of(tag);
    for (const one of [name, vietnamese.of(tag), own]) if (one) names.set(folded(one), tag);
  }
  for (const tag of dialects) {
    const name = english.of(tag);
    if (name) names.set(folded(name), tag);
  }
  tagsByName = names;
  return names;
}

/**
 * Returns the BCP 47 tag of a language in metadata: ISO 639-1 (`vi`), ISO 639-2 in both its forms (`fra`, `fre`), a tag
 * with a region (`en_US`), or a name (`Vietnamese`, `日本語`). Null if it is not exactly one language.
 */
export function languageTag(written: string): string | null {
  const text = folded(written).replaceAll('_', '-');
  // ISO 639-2 gives several names of one language: `Spanish; Castilian`.
  const named = new Set(
    text
      .split(/\s*;\s*/)
      .flatMap((name) => byName().get(name) ?? byName().get(name.replace(/\s*\(.*\)$/, '')) ?? []),
  );
  if (named.size > 0) return named.size === 1 ? ([...named][0] as string) : null;
  try {
    const [tag = ''] = Intl.getCanonicalLocales(mistaken[text] ?? text);
    const { language } = new Intl.Locale(tag);
    return english.of(language) === undefined || /^(und|mul|mis|zxx)$/.test(language) ? null : tag;
  } catch {
    return null;
  }
}
