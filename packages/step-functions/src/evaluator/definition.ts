/** Reads definitions that need more work than a request does in the service. Only the process of definitions loads it. */

import { acceptDefinition } from '../definition/accept.ts';
import { InvalidDefinition } from '../definition/problems.ts';
import { variableReferences } from '../definition/variable-references.ts';
import type { DefinitionRequest, Evaluated, ReferencesRequest } from '../elsewhere.ts';
import type { Json } from '../json.ts';

export function checkDefinition({ text, placeholders, type }: DefinitionRequest): Evaluated {
  try {
    return { type: 'value', value: acceptDefinition(text, placeholders, type) };
  } catch (error) {
    if (!(error instanceof InvalidDefinition)) throw error;
    const problems = error.problems as unknown as Json[];
    return { type: 'value', value: { problems, more: error.more } };
  }
}

export const listReferences = ({ text }: ReferencesRequest): Evaluated => ({
  type: 'value',
  value: variableReferences(text) as unknown as Json,
});
