import { callJson } from 'local-aws/client';
import type { LocalCloud } from '../cloud.ts';
import { type Key, keyHelp, openInBrowser } from './keys.ts';

/** Returns the keys of `make dev`. */
export function devKeys(cloud: LocalCloud, consoleAddress?: string): Key[] {
  const { journal, control, stateMachineArn } = cloud;
  const say = (text: string) => journal.write('log', { source: 'dev', text });

  async function start(): Promise<void> {
    const { executionArn } = await callJson<{ executionArn: string }>(cloud, 'states', 'StartExecution', {
      stateMachineArn,
    });
    say(`started ${executionArn}`);
  }

  /** Repeats the last event of any function with the current code. */
  async function again(): Promise<void> {
    const last = journal
      .since(0)
      .flatMap((entry) => (entry.type === 'invocation' && entry.data.phase === 'started' ? [entry.data] : []))
      .at(-1);
    if (!last) throw new Error('no function has been invoked yet');
    await control.run('invoke', {
      ...{ function: last.function, event: JSON.parse(last.payload), like: last.requestId },
    });
  }

  const keys: Key[] = [
    { key: 's', does: 'start an execution', run: start },
    { key: 'r', does: 're-invoke the last event', run: again },
    ...(consoleAddress === undefined
      ? []
      : [{ key: 'o', does: 'open the console', run: () => openInBrowser(consoleAddress) }]),
    { key: 'q', does: 'quit', run: () => process.kill(process.pid, 'SIGINT') },
    { key: 'h', does: 'help', run: () => say(keyHelp(keys)) },
  ];
  return keys;
}
