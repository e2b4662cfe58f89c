/** What an operator is told of a failure besides its own message. */
export interface RunbookEntry {
  /** What it means. */
  meaning: string;
  /** What the flow did before it gave up. */
  tried: string;
  /** What is left for a person to do. */
  todo: string;
}

const threeTimes = 'Three times within a minute.';

/**
 * One entry for each error that may stand on a job, by its name; docs/runbook.md has a section for each. Names with a
 * dot are AWS's own.
 */
export const runbook = {
  ChapterUnreadable: {
    meaning: 'The chapter itself can not be used: no zip, no pages, or a file that is no picture.',
    tried: 'Once; time does not mend a file.',
    todo: 'Replace the file that the message names, or take it out of the library.',
  },
  SourceUnavailable: {
    meaning: 'The source of chapters gave no answer, or refused: it is down, busy, or out of reach.',
    tried: `${threeTimes} Each request several times, as slowly as the source asks for.`,
    todo: 'Look whether the source answers at all; if it does, at the contact and the titles in the settings.',
  },
  NarrationFailed: {
    meaning: 'No narration came of the pages.',
    tried: `${threeTimes} What was told until then is kept.`,
    todo: 'Look at the pages and at the notes on the job; with a language model, at its key, budget and status page.',
  },
  ChapterDoubtful: {
    meaning:
      'The chapter could not be read or told well enough to be published without a person looking at it.',
    tried: 'Once; the same pages give the same doubts.',
    todo: 'Do what the reasons say, or set onDoubt to hold, and decide about each such chapter with make review.',
  },
  SpeechFailed: {
    meaning: 'A segment could not be spoken by any voice that is configured.',
    tried: `${threeTimes} Each voice of the list in turn; spoken segments are kept.`,
    todo: 'Read which voice refused and why; add another voice to the list, or wait out a limit.',
  },
  RenderError: {
    meaning: 'The renderer could not make the video.',
    tried: 'Twice, on two machines; finished pieces are kept.',
    todo: "Read the end of FFmpeg's own words in the log of the machine, and play the job again locally.",
  },
  ReviewRejected: {
    meaning: 'A person looked at the video and does not want it published.',
    tried: 'Nothing; a verdict is final.',
    todo: 'Change what the reason names, then give the chapter free.',
  },
  UploadError: {
    meaning: 'The video could not be published.',
    tried: 'Twice, on two machines; the upload goes on where it stopped, and a finished one is recognised.',
    todo: 'Do what the message says: consent again (make youtube-login), or look at the channel in YouTube Studio.',
  },
  YouTubeQuotaError: {
    meaning: 'YouTube takes no more uploads or calls today.',
    tried: 'Nothing; the day ends without a failure. The chapter goes back.',
    todo: 'Nothing, if it is rare. Else lower dailyQuota, leave captions away, or ask Google for a larger quota.',
  },
  SpotInterrupted: {
    meaning: 'Machines were taken away again and again.',
    tried: 'Six machines; each went on from the finished pieces.',
    todo: 'Give more instance types or zones, so that EC2 has a choice.',
  },
  SpotCapacityUnavailable: {
    meaning: 'No zone had a Spot machine of any type that is configured.',
    tried: 'Every type in every zone, seven times over about two hours.',
    todo: 'Give more instance types; look at the vCPU limit for Spot (make doctor).',
  },
  ConfigurationError: {
    meaning: 'A setting or a secret is missing or wrong.',
    tried: 'Once; time does not mend a setting.',
    todo: 'Set what the message names; make doctor checks the rest.',
  },
  ArtifactInvalid: {
    meaning: 'What an earlier step should have written is missing, or not what its schema says.',
    tried: 'Once; a step that runs again reads the same.',
    todo: 'See whether somebody deleted objects below jobs/; give the chapter free, a new job makes all of them anew.',
  },
  'States.Timeout': {
    meaning: 'A step took longer than it may.',
    tried: 'Three times, a machine six times.',
    todo: 'Look at how far the job came (progress), and at the log of the step.',
  },
  'States.HeartbeatTimeout': {
    meaning: 'Machines fell silent, and nothing told why.',
    tried: 'Six machines.',
    todo: 'Read the log of the machine: out of memory, no route to AWS, or an image whose worker does not start.',
  },
  'States.TaskFailed': {
    meaning: 'A step failed in a way that nobody foresaw.',
    tried: threeTimes,
    todo: 'Read the log of the function; the message is its own. It is a defect: please report it.',
  },
  'Lambda.TooManyRequestsException': {
    meaning: 'AWS had no room to run the function.',
    tried: 'Seven times over two minutes.',
    todo: "Raise the account's concurrency, or start runs further apart.",
  },
  'Lambda.ServiceException': {
    meaning: 'Lambda itself did not answer, or was out of order.',
    tried: 'Seven times over two minutes.',
    todo: 'Nothing, if it is rare: the chapter comes back. Else look at the health of the region.',
  },
} as const satisfies Record<string, RunbookEntry>;

/** The class of a failure: what happened and what is to be done are told by it. */
export type RunbookName = keyof typeof runbook;
export const failureClasses = Object.keys(runbook) as RunbookName[];

/** Names under which AWS tells the same. */
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

/** The entry for an error; what has none of its own is one that nobody foresaw. */
export function runbookEntry(errorName: string): RunbookEntry & { section: RunbookName } {
  const section = classOf(errorName);
  return { section, ...runbook[section] };
}

/** The line that tells of a failed job, and its field with the class: alarms count these lines. */
export const failedJobLine = { event: 'job_failed', field: 'failure_class' } as const;

/** The anchor of a heading as Markdown renderers make it: lower case, no dots. */
export const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-');
