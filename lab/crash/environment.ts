import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Instance } from 'local-aws';
import { killGroup } from 'local-aws/state';
import * as z from 'zod';
import type { Config } from '../../config/settings/index.ts';
import { workers } from '../../config/workers.ts';
import { startEnvironment } from '../../local/testing/environment.ts';
import { configIn } from '../../local/testing/pipeline-under-test.ts';
import { buildInto } from './build.ts';
import { startKillableCloud } from './killable-cloud.ts';
import { type Call, callCounter, describe, isSame, type Point } from './point.ts';
import { processesWith } from './processes.ts';
import { startProviders } from './providers.ts';

export type PublisherName = Config['publisher'];

/** Milliseconds after which a job that does not end counts as hanging. */
const patience = 600_000;

/** Starts the pipeline in a process that can be killed at any point, and the external services in this one. */
export const startCrashEnvironment = (
  publisher: PublisherName,
  {
    lanes = 1,
    renderShards = 0,
    renderShardsOn = 'machines',
    workerIdleMinutes = 0,
  }: Partial<Pick<Config, 'lanes' | 'renderShards' | 'renderShardsOn' | 'workerIdleMinutes'>> = {},
) =>
  startEnvironment('crash', async (environment) => {
    const { folder, pathOf, started } = environment;
    for (const name of ['out', 'tmp', 'state']) mkdirSync(pathOf(name));
    const sources = await buildInto(folder);
    const providers = started.adopt(await startProviders(asked), (all) => all.close());

    let armed: Point | null = null;
    let count = callCounter();
    let calls: Call[] = [];
    let onStruck = () => {};

    function struck(): void {
      armed = null;
      onStruck();
    }

    const read = <T>(file: string, schema: z.ZodType<T>, otherwise: T): T => {
      try {
        return schema.parse(JSON.parse(readFileSync(pathOf(file), 'utf8')));
      } catch {
        return otherwise;
      }
    };
    const instances = () => read('state/instances.json', z.array(Instance), []);
    providers.goBy(
      () => Date.now() + read('state/clock.json', z.object({ ahead: z.number() }), { ahead: 0 }).ahead,
    );

    const config = configIn(environment, {
      ...providers.settings,
      ...{ publisher, lanes, renderShards, renderShardsOn, workerIdleMinutes },
    });
    const { cloud, lines, tell, kill } = started.adopt(
      startKillableCloud({
        order: { kind: 'start', state: pathOf('state'), sources, config, secrets: providers.secrets },
        variables: { TMPDIR: pathOf('tmp'), NODE_COMPILE_CACHE: pathOf('compiled') },
        armed: () => armed,
        onCall: (call) => void calls.push(call),
        onStruck: struck,
      }),
      (one) => one.end(),
    );

    /** Handles a request to a provider; its caller can be gone before the response. */
    function asked(caller: string, name: string): boolean {
      const call = count('provider', caller, name);
      calls.push(call);
      if (!armed || !isSame(armed, call)) return false;
      if (armed.victim === 'cloud') kill();
      else if (caller in workers) killMachines(caller);
      else {
        armed = null;
        tell({ kind: 'kill', function: caller });
      }
      return true;
    }

    function killMachines(worker: string): void {
      for (const { state, tags, process: identity } of instances())
        if (state === 'running' && identity && tags['manga-pipeline:worker'] === worker)
          killGroup(identity.pid, 'SIGKILL');
      struck();
    }

    await cloud();
    return {
      state: pathOf('state'),
      publisher,
      providers,
      config,
      instances,
      patience,
      /** The running cloud; waits for one that is starting. */
      cloud,
      /** Kills the cloud at no point of a job. */
      kill,
      /** The calls observed since the job began. */
      calls: () => calls,
      /** Starts a job that is stopped at these points in order. Returns the points reached so far, which grow. */
      begin(points: readonly Point[]): Point[] {
        const left = [...points];
        const reached: Point[] = [];
        count = callCounter();
        calls = [];
        const next = (fresh: boolean) => {
          armed = left.shift() ?? null;
          tell({ kind: 'arm', point: armed, fresh });
        };
        let now = left[0];
        onStruck = () => {
          if (now) reached.push(now);
          now = left[0];
          next(false);
        };
        next(true);
        return reached;
      },
      /** Files that machines left behind. */
      disks: () =>
        // No machine has started while its folder is missing.
        ['tmp', 'state/disks']
          .filter((name) => existsSync(pathOf(name)))
          .flatMap((name) => readdirSync(pathOf(name)).filter((one) => /^(renderer|uploader|i)-/.test(one))),
      /** Describes where a hanging job was last seen. */
      whereabouts: () =>
        [
          `armed: ${armed ? describe(armed) : 'nothing'}`,
          ...calls.slice(-15).map(({ caller, name, nth }) => `${caller}: ${name} #${nth}`),
          ...instances()
            .map(({ id, state }) => `${id} ${state}`)
            .slice(-4),
          ...lines.slice(-30),
        ].join('\n'),
      /** Running processes of machines, whether the cloud knows them or not. */
      processes: () => processesWith(join(folder, 'workers')),
    };
  });
export type CrashEnvironment = Awaited<ReturnType<typeof startCrashEnvironment>>;
