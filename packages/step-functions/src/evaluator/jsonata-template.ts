/** Fills a field of JSONata that is too long for the service. Only the process of the expressions loads it. */

import type { Evaluated, JsonataRequest, JsonataTemplateRequest } from '../elsewhere.ts';
import { EvaluationError } from '../errors.ts';
import { isLongerThan } from '../json.ts';
import { resultOf } from '../jsonata/evaluate.ts';
import { compileChecked, filled } from '../jsonata/template.ts';
import { longestResults, tooLong } from './messages.ts';

export async function fillJsonata(
  { bindings, ...source }: JsonataTemplateRequest,
  evaluate: (request: JsonataRequest) => Promise<readonly Evaluated[]>,
): Promise<Evaluated> {
  const { expressions, shape } = compileChecked(source);
  const texts = expressions.map(({ text }) => text);
  const results = await evaluate({ kind: 'jsonata', texts, bindings });
  try {
    const values = expressions.map((expression, index) => resultOf(expression, results[index]));
    const value = filled(shape, values);
    if (!isLongerThan(value, longestResults)) return { type: 'value', value };
    return { type: 'error', error: 'States.DataLimitExceeded', message: tooLong };
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    const { location: field = source.field } = error;
    return { type: 'error', error: error.error, message: error.message, field };
  }
}
