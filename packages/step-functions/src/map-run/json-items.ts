/**
 * Yields the elements of a JSON list, or the members of a JSON object, one by one from chunks of text, since a file can
 * be larger than the memory.
 */

export class JsonItems {
  readonly #path: readonly string[];
  readonly #longest: number;
  #state: 'seeking' | 'list' | 'object' | 'done' = 'seeking';
  /** While seeking: names that lead to the current place, and whether the next value is the one at the path. */
  readonly #names: (string | undefined)[] = [];
  #arrived: boolean;
  /** Text of the current item; while seeking, of the current name. */
  #item = '';
  #depth = 0;
  #inString = false;
  #escaped = false;

  /**
   * @param path names of the objects around the items; empty when the items are the whole file
   * @param longest characters of the longest item
   */
  constructor(path: readonly string[], longest: number) {
    this.#path = path;
    this.#longest = longest;
    this.#arrived = path.length === 0;
  }

  /** Yields the texts of the items that the chunk completes. Throws if nothing at the path has items. */
  *push(text: string): Generator<string> {
    for (const character of text) {
      if (this.#state === 'seeking') this.#seek(character);
      else if (this.#state !== 'done') yield* this.#scan(character);
    }
  }

  end(): void {
    if (this.#state === 'done') return;
    if (this.#state !== 'seeking') throw new Error('the list of items does not end');
    if (this.#path.length === 0) throw new Error('The file is empty');
    throw new Error(
      'The provided ReaderConfig.ItemsPointer does not match any valid path in the JSON structure.',
    );
  }

  #seek(character: string): void {
    if (this.#inString) {
      if (this.#item.length < this.#longest) this.#item += character;
      this.#readInString(character);
    } else if (this.#arrived) {
      if (/[\s\ufeff]/.test(character)) return;
      if (character !== '[' && character !== '{')
        throw new Error('Attempting to map over non-iterable node.');
      this.#state = character === '[' ? 'list' : 'object';
      this.#item = '';
      this.#depth = 0;
    } else if (character === '"') {
      this.#inString = true;
      this.#item = character;
    } else if (character === '{' || character === '[') {
      this.#names[this.#depth] = undefined;
      this.#depth += 1;
    } else if (character === '}' || character === ']') this.#depth -= 1;
    else if (character === ':') {
      const name = this.#item.length < this.#longest ? (JSON.parse(this.#item) as string) : undefined;
      this.#names[this.#depth - 1] = name;
      this.#arrived =
        this.#depth === this.#path.length && this.#path.every((part, index) => part === this.#names[index]);
    }
  }

  *#scan(character: string): Generator<string> {
    const end = this.#state === 'list' ? ']' : '}';
    if (this.#inString) {
      this.#item += character;
      this.#readInString(character);
    } else if (this.#depth === 0 && (character === ',' || character === end)) {
      if (this.#item.trim() !== '') yield this.#state === 'list' ? this.#item : keyAndValue(this.#item);
      else if (character === ',') throw new Error('the list of items has an empty place');
      this.#item = '';
      if (character === end) this.#state = 'done';
    } else {
      this.#item += character;
      if (character === '"') this.#inString = true;
      else if (character === '{' || character === '[') this.#depth += 1;
      else if (character === '}' || character === ']') this.#depth -= 1;
    }
    if (this.#item.length > this.#longest)
      throw new Error(`an item has more than ${this.#longest} characters`);
  }

  #readInString(character: string): void {
    if (this.#escaped) this.#escaped = false;
    else if (character === '\\') this.#escaped = true;
    else if (character === '"') this.#inString = false;
  }
}

/** Returns the item that AWS makes of a member of an object. */
function keyAndValue(member: string): string {
  const [entry] = Object.entries(JSON.parse(`{${member}}`) as object);
  return JSON.stringify({ Key: entry?.[0], Value: entry?.[1] });
}
