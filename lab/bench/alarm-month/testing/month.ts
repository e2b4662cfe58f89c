import sharp from 'sharp';
import { startFailureEnvironment } from '../../../crash/failures/testing/failure-environment.ts';
import { watchAlarms } from '../../../load/alarms.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** When the run of each day starts, UTC. */
const startOfRun = 19 * hour;

/** Returns code of a function that throws as often as the file `failing` beside it says, and then does its work. */
const failing = (_: string, code: string) => `
  import { existsSync, readFileSync, writeFileSync } from 'node:fs';
  ${code.replace('export * from', 'import { handler as real } from')}
  const file = new URL('failing', import.meta.url);
  export const handler = async (...call) => {
    const left = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
    if (left === 0) return real(...call);
    writeFileSync(file, String(left - 1));
    throw new Error('It fails on purpose');
  };`;

function onePanel(number: number): Promise<Buffer> {
  const panel = `<rect x="20" y="20" width="360" height="560" fill="hsl(${(number * 70) % 360} 40% 60%)" stroke="black" stroke-width="6"/>`;
  const page = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="600"><rect width="400" height="600" fill="white"/>${panel}</svg>`;
  return sharp(Buffer.from(page)).jpeg().toBuffer();
}

/**
 * Starts the whole pipeline, without light parts, next to a model, a voice and a channel on this machine, and watches the alarms
 * of its stage: they get the metrics that its functions, machines and executions emit, and those of Lambda's refusals.
 */
export async function startMonth(...[standIns, options]: Parameters<typeof startFailureEnvironment>) {
  const pipeline = await startFailureEnvironment(standIns, {
    ...options,
    light: [],
    handlerCode: failing,
    // Lambda's own failures are in no metric of a function.
    refused: (url, { status }) => void (status === 429 && alarms.noteFault(url, 'throttled')),
  });
  const { cloud } = pipeline;
  const alarms = watchAlarms(cloud.journal, cloud.clock.now);
  const { jump } = pipeline;
  let pages = 0;
  /** Functions that follow what just happened would exceed their time limit during a jump. */
  async function jumpWhenQuiet(time: string) {
    await pipeline.pass('1s');
    return jump(time);
  }
  return Object.assign(pipeline, {
    alarms,
    jump: jumpWhenQuiet,
    /** A page of one panel, so that a video is short. */
    addChapter: async (id: string) => pipeline.write(`chapters/${id}/001.jpg`, await onePanel(++pages)),
    /** Makes a function throw in its next calls. */
    failNext: (name: string, times: number) => pipeline.write(`functions/${name}/failing`, String(times)),
    /** Lets time pass until a run has ended; every video is approved. */
    endOfRun: (executionArn: string, step = '10s') =>
      pipeline.end(executionArn, {
        step,
        within: 900_000,
        async idly() {
          for (const { review_token } of await pipeline.waiting()) await pipeline.judge(review_token);
        },
      }),
    /** Lets time pass until the run of the next day starts. */
    async untilNextDay(): Promise<void> {
      // A machine whose execution was stopped notices that with its next heartbeat.
      while (pipeline.up().length > 0) await pipeline.pass('30s');
      await jumpWhenQuiet(`${Math.ceil((day - ((cloud.clock.now() - startOfRun) % day)) / 1000)}s`);
    },
  });
}
export type Month = Awaited<ReturnType<typeof startMonth>>;
