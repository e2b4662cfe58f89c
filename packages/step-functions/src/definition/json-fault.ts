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

interface Container {
  readonly kind: 'Object' | 'Array';
  readonly start: number;
  /** The names of an object so far. */
  readonly names: Set<string> | undefined;
  filled: boolean;
}

const word = /[\p{L}\p{N}_$]+/uy;
const validValue = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";
const closers = { Object: '}', Array: ']' } as const;

class Reader {
  readonly #text: string;
  readonly #locate: ReturnType<typeof locator>;
  readonly #open: Container[] = [];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#locate = locator(text);
  }

  read(): void {
    const first = this.#next(undefined);
    if (first === '}' || first === ']') {
      const other = first === '}' ? ']' : '}';
      throw this.#fault(
        `Unexpected close marker '${first}': expected '${other}' (for root starting at ${this.#place(0, -1)})`,
      );
    }
    this.#value(first);
    for (let container = this.#open.at(-1); container; container = this.#open.at(-1)) this.#entry(container);
  }

  /** Reads the next entry of a container, or its end. */
  #entry(container: Container): void {
    const { kind, start, names } = container;
    const within = () => `Unexpected end-of-input within/between ${kind} entries`;
    let next = this.#next(
      () =>
        `Unexpected end-of-input: expected close marker for ${kind} (start marker at ${this.#place(start)})`,
    );
    if (next === '}' || next === ']') {
      if (next !== closers[kind])
        throw this.#fault(
          `Unexpected close marker '${next}': expected '${closers[kind]}' (for ${kind} starting at ${this.#place(start)})`,
        );
      this.#open.pop();
      this.#at += 1;
      return;
    }
    if (container.filled) {
      if (next !== ',') throw this.#unexpected(`was expecting comma to separate ${kind} entries`);
      this.#at += 1;
      next = this.#next(within);
    }
    container.filled = true;
    if (names) {
      if (next !== '"') throw this.#unexpected('was expecting double-quote to start field name');
      const name = this.#string('name', 'Unexpected end-of-input in field name');
      if (names.has(name)) throw this.#fault(`Duplicate field '${name}'`, 0);
      names.add(name);
      if (this.#next(within) !== ':')
        throw this.#unexpected('was expecting a colon to separate field name and value');
      this.#at += 1;
      next = this.#next(within);
    }
    this.#value(next);
  }

  #value(next: string): void {
    if (next === '"') {
      this.#string('string value', 'Unexpected end-of-input: was expecting closing quote for a string value');
    } else if (next === '{' || next === '[') {
      const kind = next === '{' ? 'Object' : 'Array';
      this.#open.push({ kind, start: this.#at, names: next === '{' ? new Set() : undefined, filled: false });
      this.#at += 1;
    } else if (next === '-' || isDigit(next)) this.#number();
    else if (/[\p{L}_$]/u.test(next)) this.#token();
    else if (next === '+') throw new Fault(undefined);
    else {
      const inArray = next === '}' && this.#open.at(-1)?.kind === 'Array';
      throw this.#unexpected(inArray ? 'expected a value' : `expected a valid value ${validValue}`);
    }
  }

  #token(): void {
    const token = this.#take(word);
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
    while (isDigit(this.#character())) this.#at += 1;
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
    for (this.#at += 1; ; this.#at += 1) {
      const character = this.#text[this.#at];
      if (character === undefined) throw this.#fault(end, 0);
      if (character === '"') break;
      if (character < ' ')
        throw this.#fault(
          `Illegal unquoted character (${shown(character)}): has to be escaped using backslash to be included in ${what}`,
        );
      value += character === '\\' ? this.#escape() : character;
    }
    this.#at += 1;
    return value;
  }

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
    return String(JSON.parse(`"\\${this.#text.slice(start, start + length)}"`));
  }

  /** Returns the next character that is not blank. */
  #next(end: (() => string) | undefined): string {
    while (' \t\r\n'.includes(this.#text.charAt(this.#at)) && this.#at < this.#text.length) this.#at += 1;
    const character = this.#character();
    if (character === '') throw end ? this.#fault(end(), 0) : new Fault(undefined);
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

  #character(): string {
    return this.#text.charAt(this.#at);
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  #unexpected(reason: string): Fault {
    return this.#fault(`Unexpected character (${shown(this.#character())}): ${reason}`);
  }

  #fault(message: string, length = 1): Fault {
    return new Fault({ message, place: this.#place(this.#at, length) });
  }

  #place(offset: number, length = 0): string {
    const { line, column } = this.#locate(offset);
    const rest = this.#text.length - shownLength;
    const source = `"${this.#text.slice(0, shownLength)}"${rest > 0 ? `[truncated ${rest} chars]` : ''}`;
    return `[Source: (String)${source}; line: ${line}, column: ${column + length}]`;
  }
}

const isDigit = (character: string): boolean => character >= '0' && character <= '9';

/** Returns a character as Jackson describes it. */
function shown(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 32 || (code > 126 && code < 160)) return `(CTRL-CHAR, code ${code})`;
  return `'${character}' (code ${code}${code > 255 ? ` / 0x${code.toString(16)}` : ''})`;
}
