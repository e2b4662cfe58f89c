import { type ChildProcess, fork } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type Config, parseConfig } from '../../config/settings/index.ts';
import { workers } from '../../config/workers.ts';
import { Instance } from '../../local/services/ec2/instance.ts';
import { lineSplitter } from '../../local/services/log.ts';
import { buildInto } from './build.ts';
import { drawnPage } from './drawn-page.ts';
import type { Order, Report } from './orders.ts';
import { type Call, callCounter, describe, isSame, type Point } from './point.ts';
import { processesWith } from './processes.ts';
import { startProviders } from './providers.ts';

type Ready = Extract<Report, { kind: 'ready' }>;
export type PublisherName = Config['publisher'];

const cloudProcess = fileURLToPath(new URL('cloud-process.ts', import.meta.url));
/** Milliseconds after which a cloud that does not start, or a job that does not end, counts as hanging. */
const patience = 600_000;

/** Starts the pipeline in a process that can be killed at any point, and the external services in this one. */
export async function startCrashWorld(publisher: PublisherName) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'crash-')));
  const pathOf = (name: string) => join(folder, name);
  for (const name of ['chapters', 'out', 'tmp', 'state']) mkdirSync(pathOf(name));
  const sources = await buildInto(folder);
  const providers = await startProviders(asked);
  const config = parseConfig({
    ...providers.settings,
    publisher,
    library: pathOf('chapters'),
    publisherFolder: pathOf('out'),
    dailyQuota: 100,
  });

  const lines: string[] = [];
  let armed: Point | null = null;
  let count = callCounter();
  let calls: Call[] = [];
  let onStruck = () => {};
  let child: ChildProcess | undefined;
  let cloud: Promise<Ready>;

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

  /** Handles a request to a provider; its caller can be gone before the response. */
  function asked(caller: string, name: string): boolean {
    const call = count('provider', caller, name);
    calls.push(call);
    if (!armed || !isSame(armed, call)) return false;
    if (armed.victim === 'cloud') child?.kill('SIGKILL');
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
        process.kill(-identity.pid, 'SIGKILL');
    struck();
  }

  function tell(order: Order): void {
    if (child?.connected) child.send(order);
  }

  /** Starts the cloud on the state of an earlier one; a cloud that is killed at its point is started again. */
  function start(): Promise<Ready> {
    const started = fork(cloudProcess, {
      env: { ...process.env, TMPDIR: pathOf('tmp'), NODE_COMPILE_CACHE: pathOf('compiled') },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    child = started;
    for (const stream of [started.stdout, started.stderr])
      stream?.setEncoding('utf8').on('data', lineSplitter((line) => lines.push(line)).write);
    const ready = new Promise<Ready>((resolve, reject) => {
      started.on('message', (report: Report) => {
        if (report.kind === 'ready') resolve(report);
        else if (report.kind === 'passed') calls.push(report.call);
        else struck();
      });
      started.once('exit', (status, signal) => {
        if (child !== started) return;
        if (armed?.victim === 'cloud' && signal === 'SIGKILL') {
          struck();
          cloud = start();
          resolve(cloud);
        } else reject(new Error(`the cloud ended (${signal ?? status}):\n${lines.slice(-30).join('\n')}`));
      });
    });
    ready.catch(() => undefined);
    tell({ kind: 'start', state: pathOf('state'), sources, config, secrets: providers.secrets });
    tell({ kind: 'arm', point: armed, fresh: true });
    return ready;
  }
  cloud = start();
  await cloud;

  return {
    folder,
    state: pathOf('state'),
    publisher,
    providers,
    config,
    instances,
    patience,
    /** The running cloud; waits for one that is starting. */
    cloud: () => cloud,
    /** The calls observed since the job began. */
    calls: () => calls,
    async addChapter(name: string, pages: number): Promise<void> {
      mkdirSync(pathOf(`chapters/${name}`));
      for (let page = 1; page <= pages; page += 1)
        writeFileSync(pathOf(`chapters/${name}/00${page}.jpg`), await drawnPage(page));
    },
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
    async close(): Promise<void> {
      const last = child;
      child = undefined;
      const gone = new Promise((resolve) =>
        last && last.exitCode === null ? last.once('exit', resolve) : resolve(0),
      );
      last?.kill('SIGKILL');
      await gone;
      await providers.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
export type CrashWorld = Awaited<ReturnType<typeof startCrashWorld>>;
