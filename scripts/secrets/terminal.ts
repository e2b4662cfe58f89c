import { text } from 'node:stream/consumers';

const enter = '\r';
const interrupt = '\u0003';
const backspace = '\u007f';

/** Asks a person at the terminal; the answer is never shown. */
export async function askHidden(question: string): Promise<string> {
  const { stdin, stderr } = process;
  stderr.write(question);
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  let answer = '';
  try {
    for await (const chunk of stdin.iterator({ destroyOnReturn: false })) {
      for (const character of String(chunk)) {
        if (character === interrupt) throw new Error('interrupted');
        if (character === enter || character === '\n') return answer;
        answer = character === backspace ? answer.slice(0, -1) : answer + character;
      }
    }
    return answer;
  } finally {
    stdin.setRawMode(false);
    stderr.write('\n');
  }
}

export const readPiped = (): Promise<string> => text(process.stdin);
