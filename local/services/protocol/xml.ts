export type XmlValue = string | number | boolean | undefined | readonly XmlValue[] | XmlObject;
export interface XmlObject {
  readonly [name: string]: XmlValue;
}

// Characters that XML 1.0 has no way to write are dropped.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escapeText = (text: string) =>
  text.replace(unwritable, '').replace(/[&<>"]/g, (character) => entities[character] ?? character);

/** An element with its content; a list becomes `<item>` elements, as EC2 writes them, undefined is left out. */
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
