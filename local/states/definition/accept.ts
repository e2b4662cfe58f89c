/** The one gate for a definition: placeholders, this engine's own checks, then those of asl-validator. */

import { createRequire } from 'node:module';
import { parseDefinition } from './parse.ts';
import { fillPlaceholders } from './placeholders.ts';
import { InvalidDefinition } from './problems.ts';

type Validator = (
  definition: object,
  options: { checkPaths: boolean; checkArn: boolean },
) => { errors: readonly unknown[]; errorsText: (separator?: string) => string };

const ABOUT_ASSIGN = /\/Assign(\/| )/;

let validator: Validator | undefined;

/**
 * The definition with its placeholders filled, as text. Throws InvalidDefinition.
 *
 * asl-validator has the last word on the shape only: its ideas of ARNs and paths are not AWS's, and its schema of
 * Assign refuses lists that AWS takes.
 */
export function acceptDefinition(
  text: string,
  placeholders: Readonly<Record<string, string>> | undefined,
): string {
  const filled = placeholders ? fillPlaceholders(text, placeholders) : text;
  parseDefinition(filled);
  // Loaded when first used: it takes longer than the rest of the service together.
  validator ??= createRequire(import.meta.url)('asl-validator') as Validator;
  const { errors, errorsText } = validator(JSON.parse(filled) as object, {
    checkPaths: false,
    checkArn: false,
  });
  const problems =
    errors.length === 0
      ? []
      : errorsText('\n')
          .split('\n')
          .filter((line) => !ABOUT_ASSIGN.test(line));
  if (problems.length > 0) {
    throw new InvalidDefinition(
      problems.map((line) => ({ code: 'SCHEMA_VALIDATION_FAILED', text: line, place: '' })),
    );
  }
  return filled;
}
