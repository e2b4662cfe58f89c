import * as z from 'zod';
import { Deployment } from '../deployment.ts';
import { yesOrNo } from '../settings/values.ts';
import { type Command, choice, count, file, flag, port, text } from './command.ts';

const { scheduleTime, scheduleTimezone } = Deployment.shape;

export const demo = {
  about: 'Make a video of the sample chapter, or of yours',
  module: 'local/demo.ts',
  word: 'chapter',
  settings: true,
  options: {
    chapter: file(
      'file',
      'a CBZ, CBR, CB7 or CBT file, or a folder of images; the sample chapter by default',
    ),
    out: file('folder', 'folder of the video, which gets a folder for its job; out by default'),
    again: flag('publishes a chapter again'),
    providers: choice(
      ['embedded', 'fake', 'hostile'],
      'fake: clients of MangaDex, a language model, Edge and YouTube, each with a fake server on this machine; hostile: with faulty ones',
    ),
    verbose: flag('also prints the states with their times, and the record of the job'),
  },
  notes: `ON_DOUBT=publish makes the video even when the reading is doubtful; by default such a chapter is held, with the reasons and
exit status 2. The narrator ocr reads Vietnamese lettering; NARRATOR=llm narrates other languages. The state is in .local/demo
(with fakes in .local/demo-fake), so a stopped run continues from there.`,
} satisfies Command;

const states = {
  about: 'Run the Step Functions service alone',
  program: 'packages/step-functions/src/cli.ts',
  options: { port: port('port of the endpoint; 8083 by default, 0 is any free one') },
} satisfies Command;

export const dev = {
  about: 'Run the local cloud until Ctrl-C, and reload saved files',
  module: 'local/dev/main.ts',
  settings: true,
  options: {
    port: port('port of the endpoint; 8083 by default'),
    consolePort: port('port of the console; 8084 by default, or a free one if that is taken'),
    filter: text(
      'words',
      'shows only lines with one of these words, separated by commas: a function, a request id',
    ),
    speed: text('factor', 'runs time faster while no function works; make clock changes it later'),
    inspect: text(
      '1|wait|port',
      '1 prints addresses for debuggers, wait makes each machine wait for one; a number is the first of three ports',
    ),
    standIns: text(
      'edge,llm,youtube',
      'replaces these services by local ones, so that make chaos can make them fail',
    ),
    scheduleTime: scheduleTime.meta({ description: 'when the daily run starts', value: '01:00' }),
    scheduleTimezone: scheduleTimezone.meta({ description: 'time zone of SCHEDULE_TIME', value: 'zone' }),
    scheduleEnabled: yesOrNo.default(true).meta({ description: 'false: no daily run', value: 'false' }),
  },
  notes: `A saved change of functions, workers, providers, domain, settings or the state machine takes effect with the next
invocation, machine or execution. The state is in .local/dev: running executions continue at the next start.`,
  what: { states },
} satisfies Command;

export const replay = {
  about: 'Import an execution of AWS and run it here from any state',
  module: 'local/replay.ts',
  settings: true,
  options: {
    history: file(
      'file.json',
      'the output of aws stepfunctions get-execution-history --execution-arn ARN --output json',
    ),
    from: text(
      'state',
      'starts there, with the input and variables that the state had; State#2 for its second visit. Without it, lists the states',
    ),
  },
  notes: `It uses the cloud of make dev if it is running here, otherwise its state in .local/dev. The definition is the current
asl/pipeline.asl.json. The imported execution can be read like any other, but not redriven. A replay works on a copy of the job, with
its own id and chapter, and ends after it.`,
} satisfies Command;

export const invoke = {
  about: 'Run one function',
  module: 'local/invoke.ts',
  failed: 2,
  settings: true,
  word: 'fn',
  options: {
    fn: text('function', 'the function, as in check-quota'),
    event: text('json|@file', "its event; functions/<name>/events/ has samples; '{}' by default").meta({
      file: true,
    }),
    job: text('job-…', 'replaces the job of the event'),
    sandbox: yesOrNo.optional().meta({
      description:
        'whether it uses tables and a bucket for samples instead of yours; true for a sample event without a job',
      value: 'true|false',
    }),
  },
  notes: `It runs with the environment of its manifest, in the cloud of make dev or, if that is not running, in a new one. The result goes
to standard output, the log to standard error; the exit status is 1 when it fails.`,
  what: { replay },
} satisfies Command;

export const clock = {
  about: 'Show or move the clock of make dev',
  module: 'local/clock.ts',
  options: {
    jump: text(
      'time',
      'skips 90s, 4h or 2d; everything due in them happens in order, and work is waited for',
    ),
    over: choice(
      ['idle', 'work'],
      'work: does not wait for work, so that a silent machine misses its heartbeat',
    ),
    speed: text(
      'factor',
      '60 runs a minute per second while no function works, 1 is real time, 0 stops the clock',
    ),
  },
  notes: 'The clock never goes back; make clean resets it with all other state.',
} satisfies Command;

export const chaos = {
  about: 'Inject a fault into make dev, or list the faults',
  module: 'local/chaos.ts',
  word: 'fault',
  options: {
    fault: text('name', 'the fault, as in machine-killed'),
    times: count('how often it strikes'),
    target: text('name', 'a machine, or part of the name of a function or table'),
    clear: flag('disarms all faults'),
  },
  notes: 'docs/chaos.md describes the expected outcome of each.',
} satisfies Command;

export const completion = {
  about: 'Print the completion of a shell: bash, zsh or fish',
  module: 'scripts/manga/completion.ts',
  word: 'shellName',
  options: {
    shellName: z
      .enum(['bash', 'zsh', 'fish'], 'name bash, zsh or fish')
      .meta({ description: 'the shell', value: 'shell', choices: ['bash', 'zsh', 'fish'] }),
  },
  notes: `bash: eval "$(./manga completion bash)"   zsh: eval "$(./manga completion zsh)"   fish: ./manga completion fish | source`,
} satisfies Command;
