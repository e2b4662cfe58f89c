/** Fills `${name}` inside the strings of a definition, as Terraform does on AWS. */

import { isObject, type Json, parseJson, repeatsName } from '../json.ts';
import { InvalidDefinition, type Problem } from './problems.ts';

const placeholder = /\$\{([^}]*)\}/g;

/**
 * Returns the definition's text with every placeholder filled. Values only go into strings, so they need no escaping.
 * Throws InvalidDefinition, which names each placeholder without a value. Text that is refused as JSON is returned unchanged.
 */
export function fillPlaceholders(text: string, values: Readonly<Record<string, string>>): string {
  if (!text.includes('${')) return text;
  const unknown: Problem[] = [];
  const fill = (value: Json, place: string): Json => {
    if (typeof value === 'string') {
      return value.replace(placeholder, (whole, name: string) => {
        if (Object.hasOwn(values, name)) return values[name] ?? '';
        unknown.push({
          code: 'SCHEMA_VALIDATION_FAILED',
          text: `The placeholder ${whole} has no value`,
          place,
        });
        return whole;
      });
    }
    if (Array.isArray(value)) return value.map((item, index) => fill(item, `${place}[${index}]`));
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, fill(inner, `${place}/${key}`)]),
    );
  };
  let source: Json;
  try {
    source = parseJson(text);
    if (repeatsName(text, source)) return text;
  } catch {
    return text;
  }
  const filled = fill(source, '');
  if (unknown.length > 0) throw new InvalidDefinition(unknown);
  return JSON.stringify(filled);
}
