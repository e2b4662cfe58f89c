/** Validates every definition that the API receives. */

import { inRequest, inStep } from '../work.ts';
import { checkExpress } from './express.ts';
import { parseDefinition } from './parse.ts';
import { fillPlaceholders } from './placeholders.ts';
import { InvalidDefinition } from './problems.ts';

/**
 * Returns the definition's text with its placeholders filled. Throws InvalidDefinition, whose lines and columns refer
 * to the original text.
 *
 * This does not call asl-validator, which compiles its schemas for each definition (90 ms and more in which no request
 * is served) and refuses lists in Assign that AWS accepts. A test compares the two verdicts.
 */
export function acceptDefinition(
  text: string,
  placeholders: Readonly<Record<string, string>> | undefined,
  type: 'STANDARD' | 'EXPRESS' = 'STANDARD',
): string {
  return inRequest(() => accepted(text, placeholders, type));
}

/** Does the same within the units of a step. Throws Overload for a definition that needs more work. */
export function acceptShort(
  text: string,
  placeholders: Readonly<Record<string, string>> | undefined,
  type: 'STANDARD' | 'EXPRESS',
): string {
  return inStep(() => accepted(text, placeholders, type));
}

function accepted(
  text: string,
  placeholders: Readonly<Record<string, string>> | undefined,
  type: 'STANDARD' | 'EXPRESS',
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
