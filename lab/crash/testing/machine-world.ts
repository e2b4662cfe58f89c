import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseConfig } from '../../../config/settings/index.ts';
import { type LocalCloud, startLocalCloud } from '../../../local/cloud.ts';
import { type Execution, pipelineExecutions } from '../../../local/demo/executions.ts';
import { createJournal, type JournalEntry } from '../../../local/journal.ts';
import type { Instance } from '../../../local/services/ec2/instance.ts';
import type { PublishedMessage } from '../../../local/services/observer.ts';
import { eventually } from '../../../local/services/testing/cloud-under-test.ts';
import { callsUnderWay } from '../../../local/testing/calls-under-way.ts';
import { buildInto } from '../build.ts';
import { drawnPage } from '../drawn-page.ts';
import { startProviders } from '../providers.ts';
import { records } from '../records.ts';

const up = ['pending', 'running', 'shutting-down'];

/** Starts the deployed pipeline with an EC2 whose capacity a test controls. Time only passes while nothing works. */
export async function startMachineWorld({ pages = 1 } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'machines-test-'));
  const chapters = join(folder, 'chapters');
  mkdirSync(chapters);
  const sources = await buildInto(folder);
  const providers = await startProviders(() => false);
  const entries: JournalEntry[] = [];
  const messages: PublishedMessage[] = [];
  const asked: string[] = [];
  /** Machines by id, including those that EC2 no longer shows: it forgets them an hour after their end. */
  const launched = new Map<string, Instance>();
  const ec2 = { hasCapacity: (_type: string, _subnet: string) => true };
  const journal = createJournal(100_000);
  const invocations = callsUnderWay(journal);
  journal.subscribe((entry) => entries.push(entry));
  const cloud: LocalCloud = await startLocalCloud({
    stateDirectory: join(folder, 'state'),
    port: 0,
    journal,
    sources,
    observer: {
      published: (message) => void messages.push(message),
      instanceChanged() {
        for (const instance of cloud.instances()) launched.set(instance.id, instance);
      },
    },
    config: parseConfig({
      ...providers.settings,
      ...{ publisher: 'folder', publisherFolder: join(folder, 'out'), library: chapters },
      rendererInstanceType: 'c5.2xlarge,c6i.2xlarge',
    }),
    standIns: {
      ...{ names: new Set(), settings: {}, secrets: providers.secrets },
      ...{ join: (now) => providers.goBy(now), close: async () => undefined },
    },
    ec2: {
      hasCapacity(type, subnet) {
        asked.push(`${type} ${subnet}`);
        return ec2.hasCapacity(type, subnet);
      },
    },
  });
  const hold = join(sources.workers, 'renderer/hold');
  const machines = (worker: string) =>
    [...launched.values()].filter(({ tags }) => tags['manga-pipeline:worker'] === worker);
  const isUp = ({ state }: { state: string }) => up.includes(state);
  const lines = () => entries.flatMap((entry) => (entry.type === 'log' ? entry.data : []));
  let begun = 0;

  return {
    cloud,
    folder,
    ec2,
    /** Every machine that was started for a worker, in order. */
    machines,
    messages,
    /** The requests to EC2, `type subnet` each. */
    asked,
    records: records(cloud),
    up: () => cloud.instances().filter(isUp),
    jump: (time: string) => cloud.control.run('clock', { jump: time }),
    /** Lets time pass while machines run, but not while a function works, since it would reach its time limits. */
    async pass(time: string): Promise<void> {
      for (let quiet = 0; quiet < 5; quiet = invocations() === 0 ? quiet + 1 : 0) await wait(20);
      await cloud.control.run('clock', { jump: time });
    },
    /** Counts the lines that machines and functions printed. */
    printed: (text: string) => lines().filter((line) => line.text.includes(text)).length,
    jsonLines: () =>
      lines().flatMap(({ text }): Record<string, unknown>[] =>
        text.startsWith('{') ? [JSON.parse(text)] : [],
      ),
    hold: () => writeFileSync(hold, ''),
    goOn: () => rmSync(hold),
    /** Runs another program for a worker until the returned function is called. */
    replaceWorker(worker: string, code: string): () => void {
      const main = join(sources.workers, worker, 'main.ts');
      writeFileSync(main, `${code}\nexport {};\n`);
      return () => writeFileSync(main, `import './index.mjs';`);
    },
    async begin(): Promise<string> {
      begun += 1;
      for (const seen of [entries, messages, asked]) seen.splice(0);
      mkdirSync(join(chapters, `chapter-${begun}`));
      for (let page = 1; page <= pages; page += 1)
        writeFileSync(join(chapters, `chapter-${begun}/00${page}.jpg`), await drawnPage(begun + page));
      return pipelineExecutions(cloud).start();
    },
    /** Returns the n-th machine of a worker once it works. */
    atWork: (worker: string, nth: number) =>
      eventually(
        `machine ${nth} of the ${worker}`,
        () =>
          machines(worker)
            .slice(nth - 1, nth)
            .find(isUp),
        60_000,
      ),
    /** Lets idle time pass until the day is over. */
    end: (executionArn: string, step = '10s'): Promise<Execution> =>
      eventually(
        'the end of the day',
        async () => {
          const execution = await pipelineExecutions(cloud).describe(executionArn);
          if (execution.status !== 'RUNNING') return execution;
          if (invocations() === 0 && !cloud.instances().some(isUp))
            await cloud.control.run('clock', { jump: step });
          return undefined;
        },
        240_000,
      ),
    async close(): Promise<void> {
      await cloud.close();
      await providers.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
export type MachineWorld = Awaited<ReturnType<typeof startMachineWorld>>;
