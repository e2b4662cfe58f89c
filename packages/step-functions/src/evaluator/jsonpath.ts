/** Evaluates JSONPath that needs more work than a step does in the service. Only the process of the expressions loads it. */

import { compileTest } from '../choice.ts';
import type { Evaluated, JsonPathRequest } from '../elsewhere.ts';
import { EvaluationError } from '../errors.ts';
import { evaluateField, parseExpression, valueAt } from '../expression.ts';
import { isLongerThan, type Json } from '../json.ts';
import { parsePath } from '../paths/jsonpath.ts';
import type { Scope } from '../scope.ts';
import { compileTemplate, fillTemplate } from '../template.ts';
import { inRequest, unchecked } from '../work.ts';
import { longestResults, tooLong } from './messages.ts';

export function evaluateJsonPath(request: JsonPathRequest): Evaluated {
  const { input, context, variables } = request.scope;
  const scope: Scope = {
    input,
    context: () => context,
    variable: (name) => (Object.hasOwn(variables, name) ? variables[name] : undefined),
    variables: () => variables,
  };
  try {
    const value = unchecked(() => inRequest(() => valueFor(request, scope)));
    if (isLongerThan(value, longestResults))
      return { type: 'error', error: 'States.DataLimitExceeded', message: tooLong };
    return { type: 'value', value };
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    return { type: 'error', error: error.error, message: error.message };
  }
}

/** The source was checked when the definition was loaded. */
const checked = () => {};

function valueFor({ kind, source, field = '' }: JsonPathRequest, scope: Scope): Json {
  switch (kind) {
    case 'template':
      return fillTemplate(compileTemplate(source, checked), scope);
    case 'path':
      return valueAt(parsePath(String(source)), scope);
    case 'field':
      return evaluateField(parseExpression(String(source)), field, scope);
    case 'choice':
      return Array.isArray(source) ? source.findIndex((rule) => compileTest(rule, checked)(scope)) : -1;
  }
}
