/** Explanation of a failure for an operator, in addition to its message. */
export interface RunbookEntry {
  /** Meaning of the error. */
  meaning: string;
  /** Attempts of the flow before it gave up. */
  tried: string;
  /** Instructions for a person. */
  todo: string;
}

const threeTimes = 'Three times within a minute.';

/**
 * One entry for each error that can be on a job, by its name; docs/runbook.md has a section for each. Names with a dot
 * are AWS's.
 */
export const runbook = {
  ChapterUnreadable: {
    meaning:
      "The chapter itself can't be used: it is not an archive, has no pages, or contains an invalid picture.",
    tried: 'Once; a retry does not fix a file.',
    todo: 'Replace the file that the message names, or remove it from the library.',
  },
  SourceUnavailable: {
    meaning:
      'The source of chapters did not respond, or rejected the request: it is down, busy, or unreachable.',
    tried: `${threeTimes} Each request several times, with the pauses that the source asks for.`,
    todo: 'Check whether the source responds at all; if it does, check the contact and the titles in the settings.',
  },
  ExecutionStopped: {
    meaning: 'The execution of the job was stopped before the job was finished.',
    tried: 'Nothing. The chapter and the slot of the day are free for the next run.',
    todo: 'Redrive the execution to continue with this job, if no other job has taken its chapter since.',
  },
  NarrationFailed: {
    meaning: 'The pages produced no narration.',
    tried: `${threeTimes} Finished parts are kept.`,
    todo: 'Check the pages and the notes on the job; with a language model, its key, budget and status page.',
  },
  ChapterDoubtful: {
    meaning:
      'The chapter could not be read or told well enough to be published without a person checking it.',
    tried: 'Once; the same pages give the same doubts.',
    todo: 'Do what the reasons say, or set onDoubt to hold and decide about each such chapter with make review.',
  },
  SpeechFailed: {
    meaning: 'A segment could not be spoken by any configured voice.',
    tried: `${threeTimes} Each voice of the list in turn; spoken segments are kept.`,
    todo: 'Read which voice refused and why; add another voice to the list, or wait until a limit is lifted.',
  },
  RenderError: {
    meaning: 'The renderer could not make the video.',
    tried: 'Twice, on two machines; finished pieces are kept.',
    todo: "Read the end of FFmpeg's output in the log of the machine, and run the job again locally.",
  },
  ReviewRejected: {
    meaning: 'A person looked at the video and does not want it published.',
    tried: 'Nothing; a verdict is final.',
    todo: 'Change what the reason names, then release the chapter.',
  },
  UploadError: {
    meaning: 'The video could not be published.',
    tried: 'Twice, on two machines; the upload continues where it stopped, and a finished one is recognised.',
    todo: 'Do what the message says, then wait for the next attempt at the chapter.',
  },
  ChannelRefused: {
    meaning: 'YouTube refuses the channel until somebody does something.',
    tried:
      'Nothing. The chapter is released, other channels continue, and nothing more is made for this one.',
    todo: 'Do what the message says: consent again (make secrets LOGIN=youtube), or see YouTube Studio. Then run the job again, or set the secret: either opens the channel.',
  },
  YouTubeQuotaError: {
    meaning: 'YouTube accepts no more uploads or calls today.',
    tried:
      'Nothing; other channels continue, and without one the run ends without a failure. The chapter is released.',
    todo: 'Nothing, if it is rare. Otherwise lower dailyQuota, switch captions off, or ask Google for a larger quota.',
  },
  SpotInterrupted: {
    meaning: 'EC2 interrupted machines repeatedly.',
    tried: 'Six machines; each continued from the finished pieces.',
    todo: 'Add more instance types or zones, so that EC2 has a choice.',
  },
  SpotCapacityUnavailable: {
    meaning:
      "No zone had a Spot machine of any configured type, or other machines used up the account's quota.",
    tried: 'Every type in every zone, seven times over about two hours.',
    todo: 'Add more instance types; check the vCPU limit for Spot (make doctor).',
  },
  ConfigurationError: {
    meaning: 'A setting, a secret, or a part of the account is missing or wrong.',
    tried: 'Once; a retry does not fix a setting.',
    todo: 'Fix what the message names; make doctor checks the rest.',
  },
  ArtifactInvalid: {
    meaning: 'An artifact of an earlier step is missing, or does not match its schema.',
    tried: 'Once; a step that runs again reads the same.',
    todo: 'Check whether objects below jobs/ were deleted; release the chapter, and a new job makes all of them again.',
  },
  'States.Timeout': {
    meaning: 'A step exceeded its time limit.',
    tried: 'Three times, a machine six times.',
    todo: 'Check how far the job got (progress), and the log of the step.',
  },
  'States.HeartbeatTimeout': {
    meaning: 'Machines stopped sending heartbeats without a known reason.',
    tried: 'Six machines.',
    todo: 'Read the log of the machine: out of memory, no route to AWS, or an image whose worker does not start.',
  },
  'States.TaskFailed': {
    meaning: 'A step failed unexpectedly.',
    tried: threeTimes,
    todo: 'Read the log of the function, which has the message and stack. It is a defect: please report it.',
  },
  'Lambda.TooManyRequestsException': {
    meaning: 'The account had no concurrency left to run the function.',
    tried: 'Seven times over two minutes.',
    todo: "Raise the account's concurrency, or start runs further apart.",
  },
  'Lambda.ServiceException': {
    meaning: 'Lambda itself did not respond, or failed.',
    tried: 'Seven times over two minutes.',
    todo: 'Nothing, if it is rare: the chapter is retried. Otherwise check the health of the region.',
  },
} as const satisfies Record<string, RunbookEntry>;

/** Class of a failure, which determines its explanation. */
export type RunbookName = keyof typeof runbook;
export const failureClasses = Object.keys(runbook) as RunbookName[];

/** Other names under which AWS reports the same error. */
const alsoKnownAs: Readonly<Record<string, RunbookName>> = {
  'Sandbox.Timedout': 'States.Timeout',
  'Lambda.AWSLambdaException': 'Lambda.ServiceException',
  'Lambda.SdkClientException': 'Lambda.ServiceException',
  'Lambda.ClientExecutionTimeoutException': 'Lambda.ServiceException',
};

function classOf(errorName: string): RunbookName {
  if (Object.hasOwn(runbook, errorName)) return errorName as RunbookName;
  return (Object.hasOwn(alsoKnownAs, errorName) && alsoKnownAs[errorName]) || 'States.TaskFailed';
}

/** Returns the entry for an error; one without an entry is unexpected. */
export function runbookEntry(errorName: string): RunbookEntry & { section: RunbookName } {
  const section = classOf(errorName);
  return { section, ...runbook[section] };
}

/** Beginning of the subject of each day's summary. */
export const summarySubject = "manga-pipeline: the day's summary";

/** Log line of a failed job, and its field with the class; alarms count these lines. */
export const failedJobLine = { event: 'job_failed', field: 'failure_class' } as const;

/** Returns the anchor of a heading as Markdown renderers make it: lower case, no dots. */
export const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-');
