/** Yields the elements of a JSON list one by one from chunks of text, since a file can be larger than the memory. */

/** AWS accepts items up to the size of a state's input. */
const longestItem = 262_144;

export class JsonItems {
  readonly #path: readonly string[];
  /** State of the scan: names of the open objects, and whether the list has been found. */
  #state: 'seeking' | 'inside' | 'done' = 'seeking';
  #before = '';
  #item = '';
  #depth = 0;
  #inString = false;
  #escaped = false;

  /** `path` holds the names of the objects around the list; it is empty when the list is the whole file. */
  constructor(path: readonly string[]) {
    this.#path = path;
  }

  /** Yields the texts of the elements that the chunk completes. Throws if the list is missing. */
  *push(text: string): Generator<string> {
    for (const character of text) {
      if (this.#state === 'inside') yield* this.#scan(character);
      else if (this.#state === 'seeking') this.#seek(character);
    }
  }

  end(): void {
    if (this.#state === 'seeking') throw new Error(this.#missing());
    if (this.#state === 'inside') throw new Error('the list of items does not end');
  }

  /** At the top level only white space can precede the list; on a path the names before it are skipped. */
  #seek(character: string): void {
    if (this.#path.length === 0) {
      if (character === '[') this.#state = 'inside';
      else if (!/[\s\ufeff]/.test(character)) throw new Error(this.#missing());
      return;
    }
    this.#before += character;
    if (this.#before.length > 16 * longestItem) throw new Error(this.#missing());
    if (character === '[' && opensAt(this.#before, this.#path)) {
      this.#state = 'inside';
      this.#before = '';
    }
  }

  #missing(): string {
    const where = this.#path.length === 0 ? 'The file' : `The value at /${this.#path.join('/')}`;
    return `${where} is not a JSON list`;
  }

  *#scan(character: string): Generator<string> {
    if (this.#inString) {
      this.#item += character;
      if (this.#escaped) this.#escaped = false;
      else if (character === '\\') this.#escaped = true;
      else if (character === '"') this.#inString = false;
    } else if (this.#depth === 0 && (character === ',' || character === ']')) {
      if (this.#item.trim() !== '') yield this.#item;
      else if (character === ',') throw new Error('the list of items has an empty place');
      this.#item = '';
      if (character === ']') this.#state = 'done';
    } else {
      this.#item += character;
      if (character === '"') this.#inString = true;
      else if (character === '{' || character === '[') this.#depth += 1;
      else if (character === '}' || character === ']') this.#depth -= 1;
    }
    if (this.#item.length > 4 * longestItem) throw new Error('an item is longer than a state can take');
  }
}

/** Returns whether a text that ends in `[` opens the list at a path, by closing the text and parsing it. */
function opensAt(text: string, path: readonly string[]): boolean {
  try {
    const closed = JSON.parse(`${text}"here"]${'}'.repeat(path.length)}`) as unknown;
    const found = path.reduce<unknown>(
      (value, name) => (value as Record<string, unknown> | undefined)?.[name],
      closed,
    );
    return Array.isArray(found) && found.length === 1 && found[0] === 'here';
  } catch {
    return false;
  }
}
