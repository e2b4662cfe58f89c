export type XmlValue = string | number | boolean | undefined | readonly XmlValue[] | XmlObject;
export interface XmlObject {
  readonly [name: string]: XmlValue;
}

// Drops characters that XML 1.0 cannot represent.
// biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern removes them
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escapeText = (text: string) =>
  text.replace(unwritable, '').replace(/[&<>"]/g, (character) => entities[character] ?? character);

/** Returns an element with its content. A list becomes `<item>` elements, as in EC2; undefined values are left out. */
export function element(name: string, value: XmlValue, attributes = ''): string {
  if (value === undefined) return '';
  return `<${name}${attributes}>${content(value)}</${name}>`;
}

function content(value: Exclude<XmlValue, undefined>): string {
  if (isList(value)) return value.map((item) => element('item', item)).join('');
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([name, inner]) => element(name, inner))
      .join('');
  return escapeText(String(value));
}

const isList = (value: XmlValue): value is readonly XmlValue[] => Array.isArray(value);
