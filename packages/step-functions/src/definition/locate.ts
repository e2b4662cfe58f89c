/** Locates a place of a definition, such as `/States/Wait/Seconds`, in the JSON text, for editors and terminals. */

/** Line and column count from 1; columns count UTF-16 units, as editors do. */
export interface Location {
  readonly line: number;
  readonly column: number;
}

/** Returns a function that locates an offset, in time that hardly grows with the text. */
export function locator(text: string): (offset: number) => Location {
  const starts = [0];
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return (offset) => {
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}

/** A name that an object of the JSON text already has, and the offsets of its quotation mark and after it. */
export interface Repeated {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Returns the offset of every place in the text; `''` is the whole text. For invalid JSON, `fault` is the offset of the
 * first error.
 */
export function scanPlaces(text: string): {
  places: ReadonlyMap<string, number>;
  fault?: number;
  repeated?: Repeated | undefined;
} {
  const scanner = new Scanner(text);
  try {
    scanner.value('');
    scanner.end();
    return { places: scanner.places, repeated: scanner.repeated };
  } catch (error) {
    if (error instanceof Fault) return { places: scanner.places, fault: error.offset };
    // The text is nested deeper than the stack; the places found so far are enough.
    if (error instanceof RangeError) return { places: scanner.places };
    throw error;
  }
}

/** Returns the offset of a place, or of the nearest enclosing place when the definition does not have it. */
export function offsetOf(places: ReadonlyMap<string, number>, place: string): number {
  for (let at = place; at !== ''; at = at.slice(0, Math.max(at.lastIndexOf('/'), at.lastIndexOf('['), 0))) {
    const offset = places.get(at);
    if (offset !== undefined) return offset;
  }
  return places.get('') ?? 0;
}

class Fault extends Error {
  readonly offset: number;
  constructor(offset: number) {
    super();
    this.offset = offset;
  }
}

const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids exactly these characters in a string.
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const space = /[ \t\r\n]*/y;

/** Places that are longer are those of their outer place: each level would copy them. */
const longestPlace = 1000;

function below(place: string, step: string): string {
  return place.length > longestPlace ? place : place + step;
}

class Scanner {
  readonly places = new Map<string, number>();
  /** The first name that its object already has. */
  repeated: Repeated | undefined;
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(place: string): void {
    this.#take(space);
    if (!this.places.has(place)) this.places.set(place, this.#at);
    const next = this.#text[this.#at];
    if (next === '{') {
      const names = new Set<string>();
      this.#members('}', () => this.#member(place, names));
    } else if (next === '[') this.#members(']', (index) => this.value(below(place, `[${index}]`)));
    else if (next === '"') this.#need(string);
    else this.#need(scalar);
    this.#take(space);
  }

  end(): void {
    if (this.#at < this.#text.length) throw new Fault(this.#at);
  }

  #member(place: string, names: Set<string>): void {
    const start = this.#at;
    const name = JSON.parse(this.#need(string)) as string;
    if (names.has(name)) this.repeated ??= { name, start, end: this.#at };
    names.add(name);
    const inner = below(place, `/${name}`);
    if (inner !== place) this.places.set(inner, start);
    this.#take(space);
    this.#literal(':');
    this.value(inner);
  }

  #members(close: string, member: (index: number) => void): void {
    this.#at += 1;
    this.#take(space);
    if (this.#text[this.#at] === close) {
      this.#at += 1;
      return;
    }
    for (let index = 0; ; index += 1) {
      this.#take(space);
      member(index);
      if (this.#text[this.#at] === close) break;
      this.#literal(',');
    }
    this.#at += 1;
  }

  #literal(character: string): void {
    if (this.#text[this.#at] !== character) throw new Fault(this.#at);
    this.#at += 1;
  }

  #need(pattern: RegExp): string {
    const found = this.#take(pattern);
    if (found === undefined) throw new Fault(this.#at);
    return found;
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }
}
