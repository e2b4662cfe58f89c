/** Checks definitions that requests bring: short ones here, others in another process while requests are handled. */

import { acceptShort } from '../definition/accept.ts';
import { refuseLong } from '../definition/parse.ts';
import { InvalidDefinition, type Problem } from '../definition/problems.ts';
import { variableReferences } from '../definition/variable-references.ts';
import type { Evaluated } from '../elsewhere.ts';
import { check } from '../evaluator/evaluator.ts';
import { isObject } from '../json.ts';
import type { MachineType } from '../store/records.ts';
import { Overload } from '../work.ts';
import type { ServiceParts } from './service.ts';

/** Characters of a definition that is read within some milliseconds, unless its expressions need more work. */
const shortLength = 20_000;

/** Returns the variables that each state of an accepted definition reads. */
export async function referencesOf(text: string): Promise<ReturnType<typeof variableReferences>> {
  if (text.length <= shortLength) return variableReferences(text);
  const result = await check({ kind: 'variableReferences', text });
  if (result?.type === 'value') return result.value as unknown as ReturnType<typeof variableReferences>;
  throw new Error(
    `the variables of the definition cannot be listed: ${result?.type === 'error' ? result.message : ''}`,
  );
}

/** Returns the text with its placeholders filled. Throws InvalidDefinition. */
export async function acceptedText(
  { placeholders }: ServiceParts,
  text: string,
  type: MachineType = 'STANDARD',
): Promise<string> {
  refuseLong(text);
  const short = shortText(text, placeholders, type);
  if (short !== undefined) return short;
  return textOf(await check({ kind: 'definition', text, ...(placeholders && { placeholders }), type }));
}

function shortText(
  text: string,
  placeholders: ServiceParts['placeholders'],
  type: MachineType,
): string | undefined {
  if (text.length > shortLength) return undefined;
  try {
    return acceptShort(text, placeholders, type);
  } catch (error) {
    if (error instanceof Overload) return undefined;
    throw error;
  }
}

function textOf(result: Evaluated | undefined): string {
  const value = result?.type === 'value' ? result.value : undefined;
  if (typeof value === 'string') return value;
  if (isObject(value) && Array.isArray(value.problems))
    throw new InvalidDefinition(value.problems as unknown as Problem[], Number(value.more));
  const reason = result?.type === 'error' ? `: ${result.message}` : '';
  const text = `The definition cannot be checked${reason}`;
  throw new InvalidDefinition([{ code: 'SCHEMA_VALIDATION_FAILED', text, place: '' }]);
}
