import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Instance } from 'local-aws';
import { eventually } from 'local-aws/testing';
import type { JournalEntry } from '../../../local/journal.ts';
import { pipelineRecords } from '../../../local/records.ts';
import { startEnvironment } from '../../../local/testing/environment.ts';
import { startPipeline } from '../../../local/testing/pipeline-under-test.ts';
import { buildInto } from '../build.ts';
import { writeChapter } from '../drawn-page.ts';
import { startProviders } from '../providers.ts';

/** Starts the deployed pipeline with an EC2 whose capacity a test controls. */
export const startMachineEnvironment = ({ pages = 1 } = {}) =>
  startEnvironment('machines', async (environment) => {
    const { folder, started } = environment;
    const sources = await buildInto(folder);
    const providers = started.adopt(await startProviders(() => false), (one) => one.close());
    const asked: string[] = [];
    /** Machines by id, including those that EC2 no longer shows: it forgets them an hour after their end. */
    const launched = new Map<string, Instance>();
    const ec2 = { hasCapacity: (_type: string, _subnet: string) => true };
    const pipeline = await startPipeline(environment, {
      sources,
      observer: {
        instanceChanged() {
          for (const instance of pipeline.cloud.instances()) launched.set(instance.id, instance);
        },
      },
      settings: {
        ...providers.settings,
        publisher: 'folder',
        rendererInstanceType: ['c5.2xlarge', 'c6i.2xlarge'],
      },
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
    const { cloud, messages, up } = pipeline;
    const entries: JournalEntry[] = [];
    cloud.journal.subscribe((entry) => entries.push(entry));
    const hold = join(sources.workers, 'renderer/hold');
    const machines = (worker: string) =>
      [...launched.values()].filter(({ tags }) => tags['manga-pipeline:worker'] === worker);
    let begun = 0;

    return {
      ...pipeline,
      ec2,
      /** Every machine that was started for a worker, in order. */
      machines,
      /** The requests to EC2, `type subnet` each. */
      asked,
      records: pipelineRecords(cloud),
      /** Counts the lines that machines and functions printed. */
      printed: (text: string) =>
        entries.filter(({ type, data }) => type === 'log' && data.text.includes(text)).length,
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
        await writeChapter(environment, `chapter-${begun}`, pages, begun);
        return pipeline.start();
      },
      /** Returns the n-th machine of a worker once it works. */
      atWork: (worker: string, nth: number) =>
        eventually(
          `machine ${nth} of the ${worker}`,
          () => {
            const id = machines(worker)[nth - 1]?.id;
            return up().find((one) => one.id === id);
          },
          60_000,
        ),
    };
  });
export type MachineEnvironment = Awaited<ReturnType<typeof startMachineEnvironment>>;
