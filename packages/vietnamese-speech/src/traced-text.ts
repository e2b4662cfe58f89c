/** A text that tracks, through rewriting, the original position of every UTF-16 unit. */
export class TracedText {
  readonly text: string;
  /** The position in the original text of each unit of `text`. */
  readonly origins: readonly number[];

  constructor(text: string, origins?: readonly number[]) {
    this.text = text;
    this.origins = origins ?? Array.from(text, (_, index) => index);
    if (this.origins.length !== text.length) this.origins = Array.from({ length: text.length }, (_, i) => i);
  }

  /**
   * Like `String.replaceAll`; `say` receives the match and returns its replacement, or undefined to keep it. The common
   * start and end of match and replacement keep their origins; the rest gets the position where the change begins.
   */
  replace(pattern: RegExp, say: (match: RegExpExecArray) => string | undefined): TracedText {
    let text = '';
    const origins: number[] = [];
    let done = 0;
    const keep = (from: number, to: number) => {
      text += this.text.slice(from, to);
      for (let at = from; at < to; at++) origins.push(this.origins[at] ?? 0);
    };
    for (const match of this.text.matchAll(pattern)) {
      const said = say(match);
      const [found] = match;
      if (said === undefined || said === found) continue;
      const head = commonLength(found, said);
      const tail = commonLength(reversed(found.slice(head)), reversed(said.slice(head)));
      keep(done, match.index + head);
      const from = this.origins[Math.min(match.index + head, this.text.length - 1)] ?? 0;
      const middle = said.slice(head, said.length - tail);
      text += middle;
      for (let at = 0; at < middle.length; at++) origins.push(from);
      keep(match.index + found.length - tail, match.index + found.length);
      done = match.index + found.length;
    }
    if (done === 0) return this;
    keep(done, this.text.length);
    return new TracedText(text, origins);
  }
}

const reversed = (text: string) => text.split('').reverse().join('');

function commonLength(one: string, other: string): number {
  let length = 0;
  while (length < one.length && length < other.length && one[length] === other[length]) length++;
  return length;
}
