/**
 * Parses text whose fields are delimited, row by row from chunks, as AWS does (Step Functions guide, "How Step Functions parses input
 * CSV files"): quoted fields can hold delimiters and new lines, two quotes are one in any field, and a backslash stands before a
 * backslash, a quote or a delimiter that belongs to the field; before another character it is removed.
 */

export class CsvRows {
  readonly #delimiter: string;
  readonly #longest: number;
  #row: string[] = [];
  #field = '';
  #quoted = false;
  /** The last character was a quote after the start of a field: the end of a quoted one, or the first of two quotes. */
  #afterQuote = false;
  #afterBackslash = false;
  #empty = true;

  /** @param longest characters of the longest field */
  constructor(delimiter: string, longest: number) {
    this.#delimiter = delimiter;
    this.#longest = longest;
  }

  *push(text: string): Generator<string[]> {
    for (const character of text) {
      if (this.#afterBackslash) {
        this.#afterBackslash = false;
        if (character === '\\' || character === '"' || character === this.#delimiter) {
          this.#append(character);
          continue;
        }
      }
      if (this.#afterQuote) {
        this.#afterQuote = false;
        if (character === '"') {
          this.#append('"');
          continue;
        }
        if (this.#quoted) this.#quoted = false;
        else this.#append('"');
      }
      if (character === '\\') this.#afterBackslash = true;
      else if (character === '"') this.#quote();
      else if (this.#quoted) this.#append(character);
      else if (character === this.#delimiter) this.#endField();
      else if (character === '\n') yield* this.#endRow();
      else if (character !== '\r') this.#append(character);
    }
  }

  /** Yields the last row when no new line ends it. Throws for an unclosed quote. */
  *end(): Generator<string[]> {
    if (this.#quoted && !this.#afterQuote) throw new Error('a quoted field of the CSV file does not end');
    if (this.#afterQuote && !this.#quoted) this.#append('"');
    yield* this.#endRow();
  }

  #quote(): void {
    if (this.#quoted || this.#field !== '') {
      this.#afterQuote = true;
      return;
    }
    this.#quoted = true;
    this.#empty = false;
  }

  #append(character: string): void {
    this.#field += character;
    this.#empty = false;
    if (this.#field.length > this.#longest)
      throw new Error(`a field of the CSV file has more than ${this.#longest} characters`);
  }

  #endField(): void {
    this.#row.push(this.#field);
    this.#field = '';
    this.#empty = false;
  }

  /** Yields the row unless the line is empty. */
  *#endRow(): Generator<string[]> {
    if (!this.#empty) {
      this.#endField();
      yield this.#row;
    }
    this.#row = [];
    this.#field = '';
    this.#empty = true;
    this.#quoted = false;
    this.#afterQuote = false;
    this.#afterBackslash = false;
  }
}
