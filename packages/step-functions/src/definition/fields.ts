/** Reads an object of a definition field by field, checks types and refuses fields that were not read. */

import { type Expression, parseExpression } from '../expression.ts';
import { isObject, type Json, type JsonObject, longestReadHere } from '../json.ts';
import {
  type ExpressionProblem,
  isJsonata,
  type JsonataExpression,
  JsonataSyntaxError,
  type Outcome,
  parseJsonata,
} from '../jsonata/expression.ts';
import { jsonataTemplate } from '../jsonata/template.ts';
import { LongCall, LongPath } from '../long-expression.ts';
import { parsePath } from '../paths/jsonpath.ts';
import { type Path, PathSyntaxError } from '../paths/path.ts';
import { parseReferencePath, type ReferencePath } from '../paths/reference.ts';
import { compileTemplate, type Template } from '../template.ts';
import { isChecking } from '../work.ts';
import type { Amount, QueryLanguage } from './model.ts';
import type { Problems } from './problems.ts';

const onlyInJsonPath = new Set([
  ...['InputPath', 'OutputPath', 'ResultPath', 'ResultSelector', 'Parameters', 'Result', 'Variable'],
  ...['ItemsPath', 'TimeoutSecondsPath', 'HeartbeatSecondsPath', 'SecondsPath', 'TimestampPath'],
  ...['MaxConcurrencyPath', 'ToleratedFailureCountPath', 'ToleratedFailurePercentagePath'],
  ...['MaxItemsPath', 'MaxItemsPerBatchPath', 'MaxInputBytesPerBatchPath', 'ErrorPath', 'CausePath'],
]);
const onlyInJsonata = new Set(['Arguments', 'Output', 'Items', 'Condition']);

/** Numbers of a Map whose `…Path` is a reference path: one value, and not of the context. */
const mapNumbers = new Set([
  ...['MaxConcurrency', 'ToleratedFailureCount', 'ToleratedFailurePercentage'],
  ...['MaxItems', 'MaxItemsPerBatch', 'MaxInputBytesPerBatch'],
]);

/** From the guide's page of the Fail state. */
const stringFunctions = new Set([
  ...['States.Format', 'States.JsonToString', 'States.ArrayGetItem', 'States.Base64Encode'],
  ...['States.Base64Decode', 'States.Hash', 'States.UUID'],
]);

/** Types of states that have a result. */
const withResult = new Set<Json | undefined>(['Task', 'Parallel', 'Map']);

/** Returns the only language that has a field; undefined for a field of both or none. */
function languageOf(field: string): QueryLanguage | undefined {
  if (onlyInJsonPath.has(field)) return 'JSONPath';
  return onlyInJsonata.has(field) ? 'JSONata' : undefined;
}

/** Returns whether only the other process reads an expression, which was checked. */
const isLeft = (text: string): boolean => !isChecking() && text.length > longestReadHere;

/** AWS's words for a value of another type. */
const expectedText = 'Expected value of type [STRING]';
const expectedInteger = 'Expected value of type Integer';
const notReference = 'Value is not a Reference Path';

/** State shared by all fields of a definition. */
export interface Document {
  readonly problems: Problems;
  /** The language of states that do not name one. */
  readonly language: QueryLanguage;
}

export class Fields {
  readonly place: string;
  readonly document: Document;
  readonly language: QueryLanguage;
  readonly #source: JsonObject;
  readonly #read = new Set<string>();
  /** The place of this object in its state, with which AWS's causes name the fields of expressions: `Catch[1]/`. */
  readonly #inState: string;

  constructor(
    source: Json | undefined,
    place: string,
    document: Document,
    language = document.language,
    inState = '',
  ) {
    this.place = place;
    this.document = document;
    this.language = language;
    this.#inState = inState;
    if (!isObject(source)) document.problems.report('The value must be an object', place);
    this.#source = isObject(source) ? source : {};
  }

  get jsonata(): boolean {
    return this.language === 'JSONata';
  }

  /** Returns the same object as the reader of a state in its language. */
  inLanguage(language: QueryLanguage): Fields {
    return new Fields(this.#source, this.place, this.document, language);
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#source, name);
  }

  report(problem: string, field = '', code?: string): void {
    this.document.problems.report(problem, field ? `${this.place}/${field}` : this.place, code);
  }

  /** Reports the fields that are not given. */
  require(...names: string[]): void {
    const absent = names.filter((name) => !this.has(name));
    const place = this.place === '' ? '/' : this.place;
    if (absent.length > 0)
      this.document.problems.report(`These fields are required: [${absent.join(', ')}]`, place);
  }

  /** Returns a reader of an object inside this one, in the same language. */
  below(source: Json | undefined, field: string, language = this.language): Fields {
    return new Fields(source, `${this.place}/${field}`, this.document, language, `${this.#inState}${field}/`);
  }

  raw(name: string): Json | undefined {
    this.#read.add(name);
    return this.has(name) ? this.#source[name] : undefined;
  }

  text(name: string): string | undefined {
    return this.#typed(name, expectedText, (value) => (typeof value === 'string' ? value : undefined));
  }

  flag(name: string): boolean | undefined {
    return this.#typed(name, 'The value must be true or false', (value) =>
      typeof value === 'boolean' ? value : undefined,
    );
  }

  object(name: string): JsonObject | undefined {
    return this.#typed(name, 'The value must be an object', (value) => (isObject(value) ? value : undefined));
  }

  list(name: string): Json[] | undefined {
    return this.#typed(name, 'The value must be a list', (value) =>
      Array.isArray(value) ? value : undefined,
    );
  }

  number(
    name: string,
    least: number,
    kind: 'integer' | 'number' = 'integer',
    most = 99_999_999,
  ): number | undefined {
    const expected = kind === 'integer' ? expectedInteger : 'The value must be a number';
    const value = this.#typed(name, expected, (given) =>
      typeof given === 'number' && (kind === 'number' || Number.isInteger(given)) ? given : undefined,
    );
    if (value === undefined || (value >= least && value <= most)) return value;
    const bound = value < least ? least : most;
    const shown = kind === 'integer' ? String(bound) : bound.toFixed(1);
    this.report(`${value < least ? 'Minimum' : 'Maximum'} value is ${shown}`, name);
    return undefined;
  }

  /** Reads a path to any value. `null` is kept because InputPath and OutputPath give it a meaning. */
  path(name: string): Path | null | undefined {
    if (this.raw(name) === null) return null;
    return this.requiredPath(name);
  }

  requiredPath(name: string): Path | undefined {
    return this.#parsed(name, 'Value must be a valid JSONPath.', (text) =>
      isLeft(text) ? new LongPath(text) : parsePath(text),
    );
  }

  /** Reads a path to one value, of the data or the context. */
  singlePath(name: string): Path | undefined {
    const path = this.requiredPath(name);
    if (path && isChecking() && !path.definite) this.report(notReference, name);
    return path;
  }

  referencePath(name: string): ReferencePath | null | undefined {
    if (this.raw(name) === null) return null;
    return this.#parsed(name, notReference, parseReferencePath);
  }

  /** Reads a string of a JSONata state: a literal text or an expression. */
  textOrJsonata(name: string): string | JsonataExpression | undefined {
    const text = this.text(name);
    return text !== undefined && isJsonata(text) ? this.#jsonata(name, text) : text;
  }

  /** Reads a path, or the call of an intrinsic function that returns a string. */
  stringExpression(name: string): Expression | undefined {
    return this.#parsed(name, 'Value must be a valid JSONPath.', (text) => {
      if (isLeft(text)) return text.trimStart().startsWith('$') ? new LongPath(text) : new LongCall(text);
      const expression = parseExpression(text);
      if (expression.kind === 'call' && !stringFunctions.has(expression.name))
        throw new PathSyntaxError(`${expression.name} does not return a string`);
      return expression;
    });
  }

  template(name: string, onlyObjects = false): Template | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    if (onlyObjects && !isObject(value)) this.report('The value must be an object', name);
    if (this.jsonata) {
      return jsonataTemplate(value, `${this.#inState}${name}`, this.#outcomeIn(name), (problem, place) =>
        this.#reportExpression(problem, `${name}${place}`),
      );
    }
    return compileTemplate(value, (field, place) =>
      this.report(
        `The value for the field '${field}' must be a valid JSONPath or a valid intrinsic function call`,
        `${name}${place}`,
      ),
    );
  }

  /**
   * Reads a number (`name`) or the path to it (`namePath`), but not both. In JSONata reads a number or an expression.
   */
  amount(
    name: string,
    least: number,
    most?: number,
    kind: 'integer' | 'number' = 'integer',
  ): Amount | undefined {
    const value = this.raw(name);
    if (this.jsonata && typeof value === 'string' && isJsonata(value)) return this.#jsonata(name, value);
    if (this.jsonata) return this.number(name, least, kind, most);
    const literal = this.number(name, least, kind, most);
    const path = this.requiredPath(`${name}Path`);
    if (path && isChecking() && mapNumbers.has(name) && (path.root === 'context' || !path.definite))
      this.report(notReference, `${name}Path`);
    this.refuseBoth(name, `${name}Path`);
    return literal ?? path;
  }

  /** Refuses several fields that exclude each other, in AWS's words. */
  refuseBoth(...names: string[]): void {
    if (names.filter((name) => this.has(name)).length > 1)
      this.report(`There should only be one of the following fields: [${names.join(', ')}]`);
  }

  /** Refuses none and several of some fields, in AWS's words. */
  requireOne(...names: string[]): void {
    if (!names.some((name) => this.has(name)))
      this.report(`This object should have only one of the following fields: [${names.join(', ')}]`);
    this.refuseBoth(...names);
  }

  /** Reads text that must be one of some values. */
  oneOf<T extends string>(name: string, values: readonly T[]): T | undefined {
    const text = this.text(name);
    const found = values.find((value) => value === text);
    if (text !== undefined && found === undefined)
      this.report(`Value should be one of the following: [${values.join(', ')}]`, name);
    return found;
  }

  /** Refuses the fields that were not read, where AWS does: at the object that has them. Call it last. */
  refuseOthers(): void {
    this.text('Comment');
    for (const name of Object.keys(this.#source)) {
      if (this.#read.has(name)) continue;
      const other = languageOf(name);
      const isForeign = other !== undefined && other !== this.language;
      // The language of the state itself has been refused, and AWS says nothing else of it.
      if (isForeign && this.document.language === 'JSONata' && !this.jsonata) continue;
      const problem = isForeign
        ? `The QueryLanguage is set to '${this.language}', but field '${name}' is only supported for the '${other}' QueryLanguage`
        : `Field '${name}' is not supported`;
      this.document.problems.report(problem, this.place, undefined, `${this.place}/${name}`);
    }
  }

  /** Returns what `$states` has in a field after the state's work: a result, or the error in a rule of Catch. */
  #outcomeIn(field: string): Outcome | undefined {
    if (field !== 'Output' && field !== 'Assign') return undefined;
    if (/\/Catch\[\d+\]$/.test(this.place)) return 'errorOutput';
    return withResult.has(this.#source.Type) ? 'result' : undefined;
  }

  #reportExpression({ code, text }: ExpressionProblem, field: string): void {
    this.document.problems.report(text, `${this.place}/${field}`, code);
  }

  #jsonata(name: string, text: string): JsonataExpression | undefined {
    try {
      return parseJsonata(text, `${this.#inState}${name}`, this.#outcomeIn(name));
    } catch (error) {
      if (!(error instanceof JsonataSyntaxError)) throw error;
      for (const problem of error.problems) this.#reportExpression(problem, name);
      return undefined;
    }
  }

  #typed<T>(name: string, expected: string, take: (value: Json) => T | undefined): T | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    const taken = take(value);
    if (taken === undefined) this.report(expected, name);
    return taken;
  }

  #parsed<T>(name: string, expected: string, parse: (text: string) => T): T | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    try {
      return parse(text);
    } catch {
      this.report(expected, name);
      return undefined;
    }
  }
}
