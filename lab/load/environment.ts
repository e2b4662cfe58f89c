import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { callJson } from 'local-aws/client';
import { functionNames } from '../../config/functions.ts';
import { createJournal } from '../../local/journal.ts';
import { projectSources } from '../../local/pipeline.ts';
import { startEnvironment } from '../../local/testing/environment.ts';
import { startPipeline } from '../../local/testing/pipeline-under-test.ts';
import { watchAlarms } from './alarms.ts';
import { fates } from './fate.ts';
import { faultyMiddleware } from './faults.ts';
import { watchHistories } from './histories.ts';
import { createLibrary } from './library.ts';
import { hostMachines } from './machines.ts';
import { randomFrom } from './random.ts';

export interface LoadSettings {
  /** Maximum number of videos per day. */
  quota: number;
  /** Share of calls and machines with a fault, 0 to 1. */
  rate: number;
  seed: number;
  /** One chapter in this many is unreadable. */
  brokenEvery: number;
  /** Chapters that a run makes at the same time. */
  lanes: number;
  chaptersPerSeries: number;
}

const light = new Set<string>(['scriptgen', 'ttsgen']);
const root = join(import.meta.dirname, '../..');
/** The start of a day, UTC: in the middle of a quota day, so that all runs of a day count toward it. */
const dayBegins = Date.parse('1970-01-01T17:00:00Z');
const day = 86_400_000;

/**
 * Starts the pipeline with its real flow, functions and tables, but without heavy media and with threads as machines: a
 * day takes seconds. Calls of every kind fail, and machines die.
 */
export const startLoadEnvironment = ({ quota, rate, seed, lanes, ...content }: LoadSettings) =>
  startEnvironment('load', async (environment) => {
    const { pathOf, write, started } = environment;
    const random = randomFrom(seed);
    const library = await createLibrary(pathOf('chapters'), content);
    for (const name of functionNames) {
      const code = light.has(name) ? `lab/load/light/${name}.ts` : `functions/${name}/handler.ts`;
      write(`functions/${name}/handler.ts`, `export * from '${pathToFileURL(join(root, code)).href}';`);
    }
    const struck = new Map<string, number>();
    const strike = (what: string) => struck.set(what, (struck.get(what) ?? 0) + 1);
    let calls = 0;
    let calm = true;
    const middleware = faultyMiddleware(random, rate, (service, fault, url) => {
      strike(`${service}: ${fault}`);
      if (service === 'lambda') alarms.noteFault(url, fault);
    });
    const crash = Promise.withResolvers<never>();
    const machines = started.adopt(
      hostMachines({
        fate: fates(random, rate),
        onIll: (kind) => strike(`machine: ${kind}`),
        onWaiting(token) {
          const instance = cloud.instances().find(({ userData }) => userData.includes(token));
          if (instance) cloud.giveSpotNotice(instance.id);
        },
        onCrash: crash.reject,
      }),
      async (all) => void (await all.close()),
    );
    const histories = watchHistories();
    const journal = createJournal(500);
    const { cloud, invocations } = await startPipeline(environment, {
      settings: { dailyQuota: quota, lanes },
      journal,
      onStatesEvent: histories.note,
      idleTime: 3_600_000,
      middleware(service, request, response) {
        if (calm) return undefined;
        calls += 1;
        return middleware(service, request, response);
      },
      ec2: {
        startWorker: machines.startWorker,
        hasCapacity() {
          if (calm || random() >= rate) return true;
          strike('ec2: no capacity');
          return false;
        },
      },
      sources: { ...projectSources, functions: pathOf('functions') },
    });
    const { stateMachineArn } = cloud;
    const alarms = watchAlarms(journal, cloud.clock.now);

    async function untilAllEnd(): Promise<void> {
      while (histories.running > 0) {
        await wait(5);
        if (invocations() === 0 && !machines.isBusy()) await cloud.clock.jump(5_000, { overWork: true });
      }
      await cloud.clock.jump(1_000, { overWork: true });
      // The end of the last machines triggers callbacks; a day that starts during one would exceed its time limit.
      while (invocations() > 0) await wait(5);
    }

    return {
      cloud,
      library,
      histories,
      alarms,
      published: pathOf('out'),
      /** Number of faults by kind, and of calls. */
      struck,
      get calls() {
        return calls;
      },

      /** Starts a day with several simultaneous runs and lets time pass until all have ended. */
      async passDay(runs: number): Promise<void> {
        const now = cloud.clock.now();
        await cloud.clock.jump(day - ((now - dayBegins) % day), { overWork: true });
        for (let run = 0; run < runs; run++)
          await callJson(cloud, 'states', 'StartExecution', { stateMachineArn });
        calm = false;
        await Promise.race([untilAllEnd(), crash.promise]);
        calm = true;
      },
    };
  });
export type LoadEnvironment = Awaited<ReturnType<typeof startLoadEnvironment>>;
