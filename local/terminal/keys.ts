import { spawn } from 'node:child_process';
import type { ReadStream } from 'node:tty';

/** One key, with its action in a few words for the help. */
export interface Key {
  key: string;
  does: string;
  run(): unknown;
}

/** Listens for single keys on a terminal; does nothing for a pipe or a file. Returns a function that stops it. */
export function listenForKeys(
  input: ReadStream,
  keys: readonly Key[],
  say: (text: string) => void,
  interrupt: () => unknown = () => process.kill(process.pid, 'SIGINT'),
): () => void {
  if (!input.isTTY) return () => {};
  const onKey = (typed: Buffer) => {
    for (const character of typed.toString()) {
      // In this mode the terminal passes on Ctrl-C like any other key.
      if (character === '\u0003') interrupt();
      const key = keys.find((one) => one.key === character);
      if (key)
        Promise.resolve()
          .then(key.run)
          .catch((error: Error) => say(`${key.does}: ${error.message}`));
    }
  };
  input.setRawMode(true).resume().on('data', onKey);
  return () => void input.off('data', onKey).setRawMode(false).pause();
}

export const keyHelp = (keys: readonly Key[]): string =>
  `Keys: ${keys.map(({ key, does }) => `${key} ${does}`).join(' · ')}`;

/** Opens an address in the user's browser. */
export function openInBrowser(address: string): Promise<void> {
  const program = process.platform === 'darwin' ? 'open' : 'xdg-open';
  return new Promise((resolve, reject) => {
    const child = spawn(program, [address], { stdio: 'ignore', detached: true });
    const failed = (why: string) => reject(new Error(`${program} ${why}; open ${address} yourself`));
    child.once('error', () => failed('is missing'));
    // The program can run as long as the browser does.
    child.once('exit', (status) => (status === 0 ? resolve() : failed('found none')));
    child.unref();
  });
}
