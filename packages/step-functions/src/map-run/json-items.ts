/** The elements of a JSON list from chunks of text, one by one: a file may be larger than the memory. */

/** AWS takes no items longer than a state's input. */
const LONGEST_ITEM = 262_144;

export class JsonItems {
  readonly #path: readonly string[];
  /** Where the scan stands: names of the objects that are open, and whether the list has been found. */
  #state: 'seeking' | 'inside' | 'done' = 'seeking';
  #before = '';
  #item = '';
  #depth = 0;
  #inString = false;
  #escaped = false;

  /** `path`: names of the objects around the list; none where the list is the whole. */
  constructor(path: readonly string[]) {
    this.#path = path;
  }

  /** Texts of elements that the chunk completes. Throws where there is no list. */
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

  /** At the top level nothing but spaces may come before the list; on a path the names before it are skipped. */
  #seek(character: string): void {
    if (this.#path.length === 0) {
      if (character === '[') this.#state = 'inside';
      else if (!/[\s\ufeff]/.test(character)) throw new Error(this.#missing());
      return;
    }
    this.#before += character;
    if (this.#before.length > 16 * LONGEST_ITEM) throw new Error(this.#missing());
    if (character === '[' && opensAt(this.#before, this.#path)) {
      this.#state = 'inside';
      this.#before = '';
    }
  }

  #missing(): string {
    const where = this.#path.length === 0 ? 'The file' : `The value at /${this.#path.join('/')}`;
    return `${where} is no JSON list`;
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
    if (this.#item.length > 4 * LONGEST_ITEM) throw new Error('an item is longer than a state can take');
  }
}

/** Whether a text that ends in `[` opens the list at a path: it is closed with what it lacks, and read. */
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
