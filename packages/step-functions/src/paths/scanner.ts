/** A position in a text, with the moves that the path and intrinsic grammars need. */

import { PathSyntaxError } from './path.ts';

/** Levels of filters, parentheses, lists and calls: as many as AWS allows in an expression of JSONata. */
export const mostLevels = 100;

export const tooDeep = (): PathSyntaxError =>
  new PathSyntaxError(`the expression has more than ${mostLevels} levels`);

export class Scanner {
  readonly text: string;
  position = 0;
  #levels = 0;

  constructor(text: string) {
    this.text = text;
  }

  atEnd(): boolean {
    return this.position >= this.text.length;
  }

  rest(): string {
    return this.text.slice(this.position);
  }

  sees(literal: string): boolean {
    return this.text.startsWith(literal, this.position);
  }

  /** Moves past the literal when it comes next, and returns whether it did. */
  take(literal: string): boolean {
    if (!this.sees(literal)) return false;
    this.position += literal.length;
    return true;
  }

  /** Moves past the match of a sticky pattern and returns it. */
  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.position += found.length;
    return found;
  }

  /** Reads something one level deeper. Throws PathSyntaxError where that is too deep. */
  nested<T>(read: () => T): T {
    if (this.#levels === mostLevels) throw tooDeep();
    this.#levels += 1;
    const value = read();
    this.#levels -= 1;
    return value;
  }

  skipSpace(): void {
    this.match(/\s*/y);
  }
}
