import { AwsError } from 'local-aws/protocol';
import { eventually } from 'local-aws/testing';
import { type FunctionName, functionNames, isOptional } from '../../../../config/functions.ts';
import { artifactsOf } from '../../../../domain/artifacts.ts';
import type { JobId } from '../../../../domain/job.ts';
import { accessTo } from '../../../../local/cloud-access.ts';
import type { Failing } from '../../../crash/failures/testing/failing.ts';
import { failuresOfMachines } from '../../../crash/failures/testing/machines.ts';
import { playTogether } from '../../../crash/failures/testing/play.ts';
import { failuresOfPublishing } from '../../../crash/failures/testing/publishing.ts';
import { failuresOfSource } from '../../../crash/failures/testing/source.ts';
import { failuresOfSteps } from '../../../crash/failures/testing/steps.ts';
import type { Month } from './month.ts';

const minute = 60;
const hour = 60 * minute;

/** A day of the month on which something fails. */
export interface FaultDay {
  what: string;
  /** The alarms that it has to raise, without the name of the stage. */
  alarms: readonly string[];
  /** Seconds from the start of the run. */
  within: number;
  /** Alarms that the same cause raises rightly. */
  also: readonly string[];
  pass(month: Month): Promise<void>;
}

/** FFmpeg cannot read the speech, since a file of it is damaged once it is stored. */
const damagedSpeech: Failing = {
  failure: 'RenderError',
  cause: 'a stored file of the speech is damaged',
  state: 'StartRenderer',
  says: /can't be read/,
  begin: ({ cloud }) =>
    cloud.journal.subscribe(({ type, data }) => {
      if (type !== 'invocation' || data.phase !== 'ended' || data.function !== 'ttsgen' || data.error) return;
      const { job_id } = JSON.parse(data.payload) as { job_id: JobId };
      const { speechAudio } = artifactsOf(job_id);
      void accessTo(cloud).s3('PUT', speechAudio(0), '', Buffer.from('no sound'));
    }),
};
const causes = [...failuresOfSteps, ...failuresOfMachines, ...failuresOfPublishing]
  // One cause of each class.
  .filter(({ failure }, index, all) => all.findIndex((one) => one.failure === failure) === index)
  .map((one) => (one.failure === 'RenderError' ? damagedSpeech : one));

/** Alarms of functions that throw, or that Lambda refuses, as part of a class of failure. */
const functionsIn: Readonly<Partial<Record<Failing['failure'], readonly string[]>>> = {
  NarrationFailed: ['scriptgen-errors'],
  SpeechFailed: ['ttsgen-errors'],
  'States.TaskFailed': ['ttsgen-errors'],
  'Lambda.TooManyRequestsException': ['ttsgen-throttles'],
  SpotCapacityUnavailable: ['start-renderer-errors'],
};

const classes = causes.map(
  (failing): FaultDay => ({
    what: failing.cause,
    alarms: [`failed-${failing.failure}`],
    // Its machines are started again for about two hours.
    within: failing.failure === 'SpotCapacityUnavailable' ? 200 * minute : 130 * minute,
    also: functionsIn[failing.failure] ?? [],
    pass: (month) => passFailing(failing, month),
  }),
);

/** Passes a day with one chapter, which fails. */
async function passFailing(failing: Failing, month: Month): Promise<void> {
  const id = `day-${month.beginDay()}/1`;
  await (failing.chapter ? failing.chapter(month, id) : month.addChapter(id));
  let remove = failing.begin?.(month);
  const end = () => {
    remove?.();
    remove = undefined;
  };
  month.onceTold(end);
  try {
    const execution = await month.start();
    await failing.meanwhile?.(month, execution);
    await month.endOfRun(execution, failing.step);
  } finally {
    end();
  }
}

/** Passes a day with one good chapter, whose run can end with a failure. */
async function passDay(month: Month, meanwhile = async (_: string) => {}): Promise<void> {
  await month.addChapter(`day-${month.beginDay()}/1`);
  const execution = await month.start();
  await meanwhile(execution);
  await month.endOfRun(execution);
}

const atWork = (month: Month) => eventually('a machine', () => month.up().length > 0, 60_000);

/** Functions that EventBridge calls when a machine or a run changes; a run does not fail with them. */
const ofEvents: readonly FunctionName[] = ['renderer-callback', 'uploader-callback', 'handle-error'];

const always = functionNames.filter((name) => !isOptional(name));
const thrown = always.map(
  (name): FaultDay => ({
    what: `${name} throws three times`,
    alarms: [`${name}-errors`],
    within: 130 * minute,
    also: ['failed-States.TaskFailed'],
    async pass(month) {
      const fail = () => month.failNext(name, 3);
      if (!ofEvents.includes(name)) fail();
      await passDay(month, async () => {
        if (!ofEvents.includes(name)) return;
        await atWork(month);
        fail();
      });
    },
  }),
);

/** Each of them is asked again until it runs, so that one day has them all. */
const throttledAtOnce = always.filter((name) => !ofEvents.includes(name));
const throttled: FaultDay = {
  what: 'Lambda throttles each function three times',
  alarms: throttledAtOnce.map((name) => `${name}-throttles`),
  within: 70 * minute,
  also: [],
  async pass(month) {
    for (const name of throttledAtOnce)
      month.refuse(name, new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429), 3);
    await passDay(month);
  },
};
/** handle-error runs when a job fails. */
const throttledAfterFailure: FaultDay = {
  what: 'Lambda throttles handle-error three times',
  alarms: ['handle-error-throttles'],
  within: 70 * minute,
  also: ['failed-States.TaskFailed', 'fetcher-errors'],
  async pass(month) {
    month.refuse('handle-error', new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429), 3);
    month.failNext('fetcher', 3);
    await passDay(month);
  },
};

/** Alarms that a day of the flow cannot cause here, with the reason. */
export const notOnTheFlow: Readonly<Record<string, string>> = {
  'old-worker': 'the flow ends a machine whose task has timed out',
  'dead-letters': 'the local cloud has no queue for events that could not be delivered',
  'renderer-callback-throttles': 'the local event bus does not ask Lambda over its API',
  'uploader-callback-throttles': 'the local event bus does not ask Lambda over its API',
};

const others: readonly FaultDay[] = [
  {
    what: 'a run ends after three failed chapters',
    alarms: ['execution-failed'],
    within: 10 * minute,
    also: ['failed-ChapterUnreadable', 'fetcher-errors'],
    async pass(month) {
      const unreadable = failuresOfSteps.filter(({ failure }) => failure === 'ChapterUnreadable').slice(1);
      const run = await playTogether([...unreadable, ...unreadable, ...unreadable], month);
      expect(run.status).toBe('FAILED');
    },
  },
  {
    what: 'no run starts',
    alarms: ['no-run'],
    within: 6 * hour,
    also: [],
    pass: async (month) => void (await month.jump('7h')),
  },
];

/** The first three make `failing-days` ring too. */
export const faultDays: readonly FaultDay[] = [
  ...classes,
  ...thrown,
  throttled,
  throttledAfterFailure,
  ...others,
];

/** A source that cannot be reached needs a stage that has one. */
export const daysOfSource: readonly FaultDay[] = failuresOfSource.map((failing) => ({
  what: failing.cause,
  alarms: [`failed-${failing.failure}`],
  within: 70 * minute,
  also: ['fetcher-errors'],
  pass: (month) => passFailing(failing, month),
}));
