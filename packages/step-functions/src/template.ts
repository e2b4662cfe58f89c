/**
 * Payload templates: Parameters, ItemSelector, ResultSelector, Assign. Compiled when a definition is checked, or else when they are
 * first filled.
 */

import { computed, jsonPathElsewhere } from './elsewhere.ts';
import { type Expression, fieldValue, parseExpression } from './expression.ts';
import { isLongerThan, isObject, type Json, longestReadHere } from './json.ts';
import { fillJsonataTemplate, type JsonataTemplate } from './jsonata/template.ts';
import type { Scope } from './scope.ts';
import { isChecking, leaveToOtherProcess, unchecked } from './work.ts';

export type Template = PathTemplate | JsonataTemplate;

interface PathTemplate {
  readonly type: 'paths';
  readonly source: Json;
}

type Compiled =
  | { readonly type: 'constant'; readonly value: Json }
  | { readonly type: 'expression'; readonly field: string; readonly expression: Expression }
  | { readonly type: 'object'; readonly entries: readonly (readonly [string, Compiled])[] }
  | { readonly type: 'array'; readonly items: readonly Compiled[] };

/** Receives a `….$` field whose value is neither a path nor an intrinsic call. */
export type ReportField = (field: string, place: string) => void;

const compiled = new WeakMap<PathTemplate, Compiled>();

/** Reads a template. Only the values of fields whose name ends in `.$` are expressions; all others are literals. */
export function compileTemplate(source: Json, report: ReportField): Template {
  const template: PathTemplate = { type: 'paths', source };
  if (isChecking()) compiled.set(template, compile(source, report, ''));
  return template;
}

function compile(value: Json, report: ReportField, place: string): Compiled {
  if (Array.isArray(value)) {
    const items = value.map((item, index) => compile(item, report, `${place}[${index}]`));
    return items.every(isConstant) ? { type: 'constant', value } : { type: 'array', items };
  }
  if (!isObject(value)) return { type: 'constant', value };
  const entries = Object.entries(value).map(([name, inner]) => compileField(name, inner, report, place));
  return entries.every(([, entry]) => isConstant(entry))
    ? { type: 'constant', value }
    : { type: 'object', entries };
}

function compileField(name: string, value: Json, report: ReportField, place: string): [string, Compiled] {
  if (!name.endsWith('.$')) return [name, compile(value, report, `${place}/${name}`)];
  const field = name.slice(0, -2);
  try {
    if (typeof value === 'string')
      return [field, { type: 'expression', field: name, expression: parseExpression(value) }];
  } catch {
    // Reported like any other invalid value.
  }
  report(name, place);
  return [field, { type: 'constant', value: null }];
}

/** Fills a template. Throws EvaluationError when a path finds nothing or a function fails. */
export function fillTemplate(template: Template, scope: Scope): Json {
  if (template.type === 'jsonata') return fillJsonataTemplate(template, scope);
  const there = () => jsonPathElsewhere(template, 'template', template.source, scope);
  return computed(template, () => filled(compiledOf(template), scope), there);
}

function compiledOf(template: PathTemplate): Compiled {
  const known = compiled.get(template);
  if (known) return known;
  if (isLongerThan(template.source, longestReadHere)) leaveToOtherProcess();
  const made = unchecked(() => compile(template.source, () => {}, ''));
  compiled.set(template, made);
  return made;
}

function filled(template: Compiled, scope: Scope): Json {
  switch (template.type) {
    case 'constant':
      return template.value;
    case 'expression':
      return fieldValue(template.expression, template.field, scope);
    case 'array':
      return template.items.map((item) => filled(item, scope));
    case 'object':
      // A field can have any name, also __proto__, which an assignment would lose.
      return Object.fromEntries(template.entries.map(([name, inner]) => [name, filled(inner, scope)]));
  }
}

function isConstant(template: Compiled): boolean {
  return template.type === 'constant';
}
