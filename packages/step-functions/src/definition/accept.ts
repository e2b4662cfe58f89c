/** The one gate for a definition on its way in. */

import { checkExpress } from './express.ts';
import { parseDefinition } from './parse.ts';
import { fillPlaceholders } from './placeholders.ts';
import { InvalidDefinition } from './problems.ts';

/**
 * The definition with its placeholders filled, as text. Throws InvalidDefinition; its lines and columns are those of
 * the text as it was given.
 *
 * asl-validator is not asked here: it compiles its schemas anew for each definition (90 ms and more in which no
 * request is served) and refuses lists in Assign that AWS takes. A test holds the two verdicts against each other.
 */
export function acceptDefinition(
  text: string,
  placeholders: Readonly<Record<string, string>> | undefined,
  type: 'STANDARD' | 'EXPRESS' = 'STANDARD',
): string {
  try {
    const filled = placeholders ? fillPlaceholders(text, placeholders) : text;
    const machine = parseDefinition(filled);
    if (type === 'EXPRESS') checkExpress(machine);
    return filled;
  } catch (error) {
    throw error instanceof InvalidDefinition ? error.locatedIn(text) : error;
  }
}
