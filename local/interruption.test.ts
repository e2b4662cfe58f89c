import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const source = join(import.meta.dirname, 'interruption.ts');

/** Runs a program that interrupts itself; returns its exit status or signal. */
async function endOf(program: string): Promise<number | string | null> {
  const text = `import { onInterruption } from ${JSON.stringify(source)};
    setInterval(() => {}, 1000);
    ${program}
    process.kill(process.pid, 'SIGINT');`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', text], { stdio: 'inherit' });
  const [status, signal] = await once(child, 'exit');
  return status ?? signal;
}

const never = 'new Promise(() => {})';

test('a program that is still starting ends at once, with its status', async () => {
  expect(await endOf(`onInterruption(() => ${never}, { done: ${never}, status: 7 });`)).toBe(7);
});

test('after the start, or a start that failed, the program is stopped in order', async () => {
  const stopped = (start: string) =>
    endOf(
      `onInterruption(async () => {}, ${start}).stopped.then(() => process.exit(3)); await new Promise(setImmediate);`,
    );
  expect(await stopped('{ done: Promise.resolve(), status: 7 }')).toBe(3);
  expect(await stopped('{ done: Promise.reject(new Error()), status: 7 }')).toBe(3);
  expect(await stopped('undefined')).toBe(3);
});

test('a program that cannot be stopped in order is killed', async () => {
  expect(await endOf(`onInterruption(() => ${never});`)).toBe('SIGKILL');
});
