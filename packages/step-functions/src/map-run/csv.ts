/** Parses CSV (RFC 4180) row by row from chunks of text: quoted fields can hold delimiters, quotes and new lines. */

export class CsvRows {
  readonly #delimiter: string;
  #row: string[] = [];
  #field = '';
  #quoted = false;
  /** The last character was a quote within a quoted field: its end, or the first of two quotes. */
  #afterQuote = false;
  #empty = true;

  constructor(delimiter: string) {
    this.#delimiter = delimiter;
  }

  *push(text: string): Generator<string[]> {
    for (const character of text) {
      if (this.#quoted && !this.#afterQuote) {
        if (character === '"') this.#afterQuote = true;
        else this.#field += character;
        continue;
      }
      if (this.#afterQuote) {
        this.#afterQuote = false;
        if (character === '"') {
          this.#field += '"';
          continue;
        }
        this.#quoted = false;
      }
      if (character === '"' && this.#field === '') {
        this.#quoted = true;
        this.#empty = false;
      } else if (character === this.#delimiter) this.#endField();
      else if (character === '\n') yield* this.#endRow();
      else if (character !== '\r') {
        this.#field += character;
        this.#empty = false;
      }
    }
  }

  /** Yields the last row when no new line ends it. Throws for an unclosed quote. */
  *end(): Generator<string[]> {
    if (this.#quoted && !this.#afterQuote) throw new Error('a quoted field of the CSV file does not end');
    yield* this.#endRow();
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
  }
}
