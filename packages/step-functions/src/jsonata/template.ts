/** JSON with expressions in it: Arguments, Output, Assign, Items. All expressions of a field are evaluated together. */

import { isObject, type Json } from '../json.ts';
import type { Scope } from '../scope.ts';
import { evaluateExpressions } from './evaluate.ts';
import {
  type ExpressionProblem,
  isJsonata,
  type JsonataExpression,
  JsonataSyntaxError,
  type Outcome,
  parseJsonata,
} from './expression.ts';

export interface JsonataTemplate {
  readonly type: 'jsonata';
  readonly expressions: readonly JsonataExpression[];
  readonly shape: Shape;
}

type Shape =
  | { readonly is: 'constant'; readonly value: Json }
  /** The value of the expression with this index. */
  | { readonly is: 'slot'; readonly index: number }
  | { readonly is: 'object'; readonly entries: readonly (readonly [string, Shape])[] }
  | { readonly is: 'array'; readonly items: readonly Shape[] };

/** Receives a problem of an expression and its place below the field. */
export type ReportExpression = (problem: ExpressionProblem, place: string) => void;

/** Compiles the value of a field; expressions are named after the field, and can read this outcome of the state. */
export function compileJsonataTemplate(
  value: Json,
  field: string,
  outcome: Outcome | undefined,
  report: ReportExpression,
): JsonataTemplate {
  const expressions: JsonataExpression[] = [];
  const compile = (inner: Json, place: string): Shape => {
    if (typeof inner === 'string' && isJsonata(inner)) {
      try {
        const index = expressions.push(parseJsonata(inner, `${field}${place}`, outcome)) - 1;
        return { is: 'slot', index };
      } catch (error) {
        if (!(error instanceof JsonataSyntaxError)) throw error;
        for (const problem of error.problems) report(problem, place);
        return { is: 'constant', value: null };
      }
    }
    if (Array.isArray(inner))
      return { is: 'array', items: inner.map((item, index) => compile(item, `${place}[${index}]`)) };
    if (!isObject(inner)) return { is: 'constant', value: inner };
    const entries = Object.entries(inner).map(([name, member]): [string, Shape] => [
      name,
      compile(member, `${place}/${name}`),
    ]);
    return { is: 'object', entries };
  };
  const shape = compile(value, '');
  return { type: 'jsonata', expressions, shape };
}

/** Throws States.QueryEvaluationError. */
export function fillJsonataTemplate({ expressions, shape }: JsonataTemplate, scope: Scope): Json {
  const values = expressions.length === 0 ? [] : evaluateExpressions(expressions, scope);
  return filled(shape, values);
}

function filled(shape: Shape, values: readonly Json[]): Json {
  switch (shape.is) {
    case 'constant':
      return shape.value;
    case 'slot':
      return values[shape.index] ?? null;
    case 'array':
      return shape.items.map((item) => filled(item, values));
    case 'object':
      // As in the templates of JSONPath, an assignment would lose a field named __proto__.
      return Object.fromEntries(shape.entries.map(([name, inner]) => [name, filled(inner, values)]));
  }
}
