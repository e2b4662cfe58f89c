/** Finds the fault of JSON that AWS refuses, in its words, which are those of the JSON reader Jackson. */

import { locator } from './locate.ts';

/** Characters of a text that AWS shows. */
const shownLength = 500;

export interface JsonFault {
  readonly message: string;
  /** As in `[Source: (String)"{a"; line: 1, column: 3]`; both count from 1, the column mostly after the fault. */
  readonly place: string;
}

/**
 * Returns undefined for valid JSON whose objects have each name once, and for faults whose words differ between versions of Jackson or are
 * not known: text after the value, the end of the text within a number, NaN, a plus sign.
 */
export function jsonFault(text: string): JsonFault | undefined {
  try {
    new Reader(text).read();
    return undefined;
  } catch (error) {
    if (error instanceof Fault) return error.fault;
    throw error;
  }
}

class Fault extends Error {
  readonly fault: JsonFault | undefined;
  constructor(fault: JsonFault | undefined) {
    super();
    this.fault = fault;
  }
}

/** The names of an object so far. */
class Names {
  #first: string | undefined;
  /** Most texts with very many objects have one name in each. */
  #all: Set<string> | undefined;

  /** Returns false when the object has the name. */
  add(name: string): boolean {
    if (this.#first === undefined) {
      this.#first = name;
      return true;
    }
    this.#all ??= new Set([this.#first]);
    const { size } = this.#all;
    return this.#all.add(name).size > size;
  }
}

const word = /[\p{L}\p{N}_$]+/uy;
const blanks = /[ \t\r\n]+/y;
const digits = /\d+/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids exactly these characters in a string.
const plainText = /[^"\\\u0000-\u001f]+/y;
const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
const validValue = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";
const closers = { Object: '}', Array: ']' } as const;

class Reader {
  readonly #text: string;
  /** Offsets of the brackets and braces that are open. A text can have as many as it has characters, so each takes little memory. */
  readonly #starts: number[] = [];
  /** Names of the objects among them. */
  readonly #names: Names[] = [];
  /** The innermost one has an entry. */
  #filled = false;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): void {
    const first = this.#next();
    if (first === '}' || first === ']') {
      const other = first === '}' ? ']' : '}';
      throw this.#fault(
        `Unexpected close marker '${first}': expected '${other}' (for root starting at ${this.#place(0, -1)})`,
      );
    }
    this.#value(first);
    for (let kind = this.#kind(); kind; kind = this.#kind()) this.#entry(kind);
  }

  /** Returns what the innermost bracket or brace opens. */
  #kind(): 'Object' | 'Array' | undefined {
    const start = this.#starts.at(-1);
    if (start === undefined) return undefined;
    return this.#text[start] === '{' ? 'Object' : 'Array';
  }

  /** Reads the next entry of the innermost object or array, or its end. */
  #entry(kind: 'Object' | 'Array'): void {
    let next = this.#next();
    if (next === '}' || next === ']') {
      if (next !== closers[kind])
        throw this.#fault(
          `Unexpected close marker '${next}': expected '${closers[kind]}' (for ${kind} starting at ${this.#place(this.#starts.at(-1) ?? 0)})`,
        );
      this.#starts.pop();
      if (kind === 'Object') this.#names.pop();
      this.#filled = true;
      this.#at += 1;
      return;
    }
    if (this.#filled) {
      if (next !== ',') throw this.#unexpected(`was expecting comma to separate ${kind} entries`);
      this.#at += 1;
      next = this.#next(true);
    }
    this.#filled = true;
    if (kind === 'Object') {
      if (next !== '"') throw this.#unexpected('was expecting double-quote to start field name');
      const name = this.#string('name', 'Unexpected end-of-input in field name');
      if (!this.#names.at(-1)?.add(name)) throw this.#fault(`Duplicate field '${name}'`, 0);
      if (this.#next(true) !== ':')
        throw this.#unexpected('was expecting a colon to separate field name and value');
      this.#at += 1;
      next = this.#next(true);
    }
    this.#value(next);
  }

  #value(next: string): void {
    if (next === '"') {
      this.#string('string value', 'Unexpected end-of-input: was expecting closing quote for a string value');
    } else if (next === '{' || next === '[') {
      this.#starts.push(this.#at);
      if (next === '{') this.#names.push(new Names());
      this.#filled = false;
      this.#at += 1;
    } else if (next === '-' || isDigit(next)) this.#number();
    else if (/[\p{L}_$]/u.test(next)) this.#token();
    else if (next === '+') throw new Fault(undefined);
    else {
      const inArray = next === '}' && this.#kind() === 'Array';
      throw this.#unexpected(inArray ? 'expected a value' : `expected a valid value ${validValue}`);
    }
  }

  #token(): void {
    const start = this.#at;
    this.#skip(word);
    const token = this.#text.slice(start, this.#at);
    if (token === 'NaN' || token === 'Infinity') throw new Fault(undefined);
    if (!['true', 'false', 'null'].includes(token))
      throw this.#fault(`Unrecognized token '${token}': was expecting ${validValue}`, 0);
  }

  #number(): void {
    if (this.#character() === '-') {
      this.#at += 1;
      this.#digit('expected digit (0-9) to follow minus sign, for valid numeric value', 1);
    }
    if (this.#character() === '0' && isDigit(this.#text.charAt(this.#at + 1)))
      throw this.#fault('Invalid numeric value: Leading zeroes not allowed');
    this.#digits();
    if (this.#character() === '.') {
      this.#at += 1;
      this.#digit('Decimal point not followed by a digit', 0);
      this.#digits();
    }
    if (this.#character().toLowerCase() === 'e') {
      this.#at += /[+-]/.test(this.#text.charAt(this.#at + 1)) ? 2 : 1;
      this.#digit('Exponent indicator not followed by a digit', 0);
      this.#digits();
    }
  }

  #digits(): void {
    if (isDigit(this.#character())) this.#skip(digits);
  }

  #digit(reason: string, length: number): void {
    const character = this.#character();
    if (isDigit(character)) return;
    throw character === '' || character === 'I'
      ? new Fault(undefined)
      : this.#fault(`Unexpected character (${shown(character)}) in numeric value: ${reason}`, length);
  }

  /** Reads a text from its quotation mark on. */
  #string(what: string, end: string): string {
    let value = '';
    this.#at += 1;
    for (;;) {
      const start = this.#at;
      this.#skip(plainText);
      value += this.#text.slice(start, this.#at);
      const character = this.#character();
      if (character === '"') break;
      if (character === '') throw this.#fault(end, 0);
      if (character !== '\\')
        throw this.#fault(
          `Illegal unquoted character (${shown(character)}): has to be escaped using backslash to be included in ${what}`,
        );
      value += this.#escape();
      this.#at += 1;
    }
    this.#at += 1;
    return value;
  }

  /** Reads an escape from its backslash to its last character. */
  #escape(): string {
    this.#at += 1;
    const start = this.#at;
    const length = this.#character() === 'u' ? 5 : 1;
    for (let place = 0; place < length; place += 1) {
      this.#at = start + place;
      const character = this.#character();
      if (character === '') throw this.#fault('Unexpected end-of-input in character escape sequence', 0);
      if (place === 0 && !/["\\/bfnrtu]/.test(character))
        throw this.#fault(`Unrecognized character escape ${shown(character)}`);
      if (place > 0 && !/[\da-fA-F]/.test(character))
        throw this.#unexpected('expected a hex-digit for character escape sequence');
    }
    const kind = this.#text.charAt(start);
    if (kind === 'u') return String.fromCharCode(Number.parseInt(this.#text.slice(start + 1, start + 5), 16));
    return escapes[kind] ?? kind;
  }

  /** Returns the next character that is not blank. `within`: it belongs to an entry that has begun. */
  #next(within = false): string {
    if (isBlank(this.#character())) this.#skip(blanks);
    const character = this.#character();
    if (character === '') throw this.#end(within);
    if (character < ' ')
      throw this.#fault(
        `Illegal character (${shown(character)}): only regular white space (\\r, \\n, \\t) is allowed between tokens`,
      );
    if (character === '/')
      throw this.#unexpected(
        "maybe a (non-standard) comment? (not recognized as one since Feature 'ALLOW_COMMENTS' not enabled for parser)",
      );
    return character;
  }

  #end(within: boolean): Fault {
    const kind = this.#kind();
    if (!kind) return new Fault(undefined);
    const start = this.#place(this.#starts.at(-1) ?? 0);
    return this.#fault(
      within
        ? `Unexpected end-of-input within/between ${kind} entries`
        : `Unexpected end-of-input: expected close marker for ${kind} (start marker at ${start})`,
      0,
    );
  }

  #character(): string {
    return this.#text.charAt(this.#at);
  }

  #skip(pattern: RegExp): void {
    pattern.lastIndex = this.#at;
    if (pattern.test(this.#text)) this.#at = pattern.lastIndex;
  }

  #unexpected(reason: string): Fault {
    return this.#fault(`Unexpected character (${shown(this.#character())}): ${reason}`);
  }

  #fault(message: string, length = 1): Fault {
    return new Fault({ message, place: this.#place(this.#at, length) });
  }

  #place(offset: number, length = 0): string {
    const { line, column } = locator(this.#text)(offset);
    const rest = this.#text.length - shownLength;
    const source = `"${this.#text.slice(0, shownLength)}"${rest > 0 ? `[truncated ${rest} chars]` : ''}`;
    return `[Source: (String)${source}; line: ${line}, column: ${column + length}]`;
  }
}

const isBlank = (character: string): boolean =>
  character === ' ' || character === '\n' || character === '\r' || character === '\t';
const isDigit = (character: string): boolean => character >= '0' && character <= '9';

/** Returns a character as Jackson describes it. */
function shown(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 32 || (code > 126 && code < 160)) return `(CTRL-CHAR, code ${code})`;
  return `'${character}' (code ${code}${code > 255 ? ` / 0x${code.toString(16)}` : ''})`;
}
