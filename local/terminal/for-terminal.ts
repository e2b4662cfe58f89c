import { styleText } from 'node:util';
import { printable } from './printable.ts';

const sourceColours = ['cyan', 'green', 'yellow', 'blue', 'magenta'] as const;
const failure = /^END failed|^Execution(Failed|TimedOut|Aborted)|Failed\b|TimedOut\b|Error\b/;

/**
 * Returns a line of the log as a terminal shows it: the time of this machine's zone, a colour for each source, structured lines as
 * words, failures in red. A pipe gets the line itself.
 */
export function forTerminal(line: string, hasColours: boolean): string {
  const style: typeof styleText = (format, text) =>
    hasColours ? styleText(format, text, { validateStream: false }) : text;
  const [, time = '', source = '', text = line] = /^(\S+) \[(\S+?)[\] ].*?(?<=\]) (.*)$/s.exec(line) ?? [];
  if (!source) return line;
  const at = new Date(time);
  const local = `${at.toLocaleTimeString('sv')}.${String(at.getMilliseconds()).padStart(3, '0')}`;
  const head = line.slice(time.length + 1, line.length - text.length);
  const sum = [...source].reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), 0);
  const { level, words } = asWords(text);
  const colour = level === 'ERROR' || failure.test(words) ? 'red' : level === 'WARN' ? 'yellow' : undefined;
  return [
    style('dim', local),
    ' ',
    style(sourceColours[sum % sourceColours.length] ?? 'cyan', head),
    colour ? style(colour, words) : words,
  ].join('');
}

/** Turns a structured line of a function or worker into its event and fields; the time and the source are shown already. */
function asWords(text: string): { level?: string; words: string } {
  if (!text.startsWith('{')) return { words: text };
  try {
    const { level, timestamp, service, request_id, event, ...fields } = JSON.parse(text);
    if (typeof level !== 'string' || typeof event !== 'string') return { words: text };
    const shown = Object.entries(fields).map(
      ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
    );
    return { level, words: printable([...(level === 'INFO' ? [] : [level]), event, ...shown].join(' ')) };
  } catch {
    return { words: text };
  }
}
