/**
 * JSON with expressions in it: Arguments, Output, Assign, Items. All expressions of a field are evaluated together. Compiled when a
 * definition is checked, or else when they are first filled.
 */

import { elsewhere } from '../elsewhere.ts';
import { EvaluationError } from '../errors.ts';
import { isLongerThan, isObject, type Json, jsonText, longestReadHere } from '../json.ts';
import type { Scope } from '../scope.ts';
import { isChecking, unchecked } from '../work.ts';
import { bindings, evaluateExpressions, queryError, thrown } from './evaluate.ts';
import {
  type ExpressionProblem,
  isJsonata,
  type JsonataExpression,
  JsonataSyntaxError,
  type Outcome,
  parseJsonata,
  type Reading,
  readInJson,
} from './expression.ts';

export interface JsonataTemplate {
  readonly type: 'jsonata';
  readonly source: Json;
  /** The field, after which its expressions are named. */
  readonly field: string;
}

/** A template as its expressions and what is made of their values. */
export interface CompiledJsonata {
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

const compiled = new WeakMap<JsonataTemplate, CompiledJsonata>();

/** Reads the value of a field; where expressions are checked, they can read this outcome of the state. */
export function jsonataTemplate(
  source: Json,
  field: string,
  outcome: Outcome | undefined,
  report: ReportExpression,
): JsonataTemplate {
  const template: JsonataTemplate = { type: 'jsonata', source, field };
  if (isChecking()) compiled.set(template, compile(source, field, outcome, report));
  return template;
}

function compile(
  value: Json,
  field: string,
  outcome: Outcome | undefined,
  report: ReportExpression,
): CompiledJsonata {
  const expressions: JsonataExpression[] = [];
  const shaped = (inner: Json, place: string): Shape => {
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
      return { is: 'array', items: inner.map((item, index) => shaped(item, `${place}[${index}]`)) };
    if (!isObject(inner)) return { is: 'constant', value: inner };
    const entries = Object.entries(inner).map(([name, member]): [string, Shape] => [
      name,
      shaped(member, `${place}/${name}`),
    ]);
    return { is: 'object', entries };
  };
  return { shape: shaped(value, ''), expressions };
}

/** Compiles the source of a template that was checked. */
export const compileChecked = ({
  source,
  field,
}: Pick<JsonataTemplate, 'source' | 'field'>): CompiledJsonata =>
  unchecked(() => compile(source, field, undefined, () => {}));

function compiledOf(template: JsonataTemplate): CompiledJsonata {
  const known = compiled.get(template) ?? compileChecked(template);
  compiled.set(template, known);
  return known;
}

/** Throws States.QueryEvaluationError. */
export function fillJsonataTemplate(template: JsonataTemplate, scope: Scope): Json {
  if (!compiled.has(template) && isLongerThan(template.source, longestReadHere))
    return filledElsewhere(template, scope);
  const { expressions, shape } = compiledOf(template);
  return filled(shape, expressions.length === 0 ? [] : evaluateExpressions(expressions, scope));
}

const readings = new WeakMap<JsonataTemplate, Reading>();

/** Returns what a template that is not compiled here can read. */
function readingOf(template: JsonataTemplate): Reading {
  const known = readings.get(template) ?? readInJson(jsonText(template.source));
  readings.set(template, known);
  return known;
}

function filledElsewhere(template: JsonataTemplate, scope: Scope): Json {
  const { source, field } = template;
  const [result] = elsewhere(template, () => ({
    kind: 'jsonataTemplate',
    source,
    field,
    bindings: bindings([readingOf(template)], scope),
  }));
  if (result?.type === 'value') return result.value;
  const { error, message = '', field: place = field } = result?.type === 'error' ? result : {};
  if (error !== undefined) throw new EvaluationError(error, message, place);
  throw queryError(`The JSONata expressions specified for the field '${field}' ${thrown(message)}`, field);
}

/** Returns the expression that is the whole field. */
export const onlyExpression = (template: JsonataTemplate): JsonataExpression | undefined =>
  typeof template.source === 'string' ? compiledOf(template).expressions[0] : undefined;

/** Returns whether the field always has the same value for the same data. */
export const isRepeatable = (template: JsonataTemplate): boolean => readingOf(template).repeatable;

/** Returns the value of a template whose expressions have these values. */
export function filled(shape: Shape, values: readonly Json[]): Json {
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
