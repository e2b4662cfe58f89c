import { type Command, choice, count, file, flag, text } from './command.ts';

const measured = file('ffmpeg', 'the FFmpeg to measure, such as that of the machine image');
const shardsOn = choice(['machines', 'functions'], 'what makes the shards; machines by default');
const seed = text('number', 'the seed of its random numbers, which it prints');

export const test = {
  about: 'Run every test, or some',
  module: 'scripts/checks.ts#test',
  word: 'only',
  options: {
    only: text('pattern', 'a path of tests, or a part of one'),
    long: flag(
      'runs those that take minutes: every failure on the whole flow, the commands of the docs in bash and zsh, an undone deployment',
    ),
    runs: count('inputs of each fuzz test'),
    seed: text('number', 'the seed of fuzz tests and of samples, which their names print'),
  },
} satisfies Command;

export const check = {
  about: 'Check types, lint, format, and unused code',
  module: 'scripts/checks.ts#check',
  options: { fix: flag('first formats, applies safe fixes, and writes the generated pages of docs/') },
} satisfies Command;

const bench = (about: string, name: string, options: NonNullable<Command['options']> = {}): Command => ({
  about,
  program: `lab/bench/${name}.ts`,
  options,
});
const lab = (about: string, program: string, options: NonNullable<Command['options']>): Command => ({
  about,
  program: `lab/${program}.ts`,
  options,
});
const folders = text(
  'folders',
  'folders with truth.json and pages, or <name>.truth.json and *<name>.<language>.cbz, or of such folders, separated by spaces; samples/* and the shared ones by default',
);

/** Benchmarks of `make bench`. */
export const benches = {
  about: 'Measure set-up, the demo, the local cloud and the engine, or one part, against the targets',
  program: 'lab/bench/all.ts',
  options: { runs: count('runs of the demo') },
  what: {
    panels: bench('panels, order and words against the truth', 'panels', {
      folder: folders,
      pages: text('all|odd|even|1,3,5-8', 'the pages that are scored; all by default'),
      text: text('0', '0 scores panels and their order alone, which is quick'),
      drawn: count('drawn pages of each kind; 12, and none when folders are given'),
      composed: count('scores pages composed of the panels of each chapter instead: the number of each kind'),
      seed,
      kind: text('name', 'only drawn or composed kinds whose name has this in it'),
    }),
    doubt: bench('the verdict on chapters against their reading errors', 'doubt', {
      set: choice(['dev', 'score'], 'dev: pages that limits are set on; score: pages that are only scored'),
      folder: folders,
      drawn: count('drawn pages of each kind; 2 by default, 0 for none'),
      picked: count('chapters that chance picks from the pages of each source; 12 by default'),
      spoilt: count('pages that are spoilt in each way; 3 by default, 0 for none'),
      list: text('1', 'prints every chapter'),
    }),
    likeness: bench(
      'how many planted near-duplicates are found, and how many other videos held',
      'likeness',
      {
        set: choice(
          ['dev', 'score'],
          'dev: channels that limits are set on; score: channels that are only scored; both by default',
        ),
        channels: count('channels of each; 16 by default'),
        words: flag('compares only what is said, without pictures and plants: 150 channels take minutes'),
      },
    ),
    render: bench('the renderer against its encoder alone, zoompan and still pages', 'render', {
      runs: count('number of repetitions'),
      seconds: count('length of the video; 60 by default'),
      only: text('limit,renderer', 'what is compared; all by default'),
      ffmpegPath: measured,
    }),
    short: bench('the CPU that a Short takes beside its video', 'short', {
      runs: count('number of rounds'),
      seconds: count('length of the video'),
      ffmpegPath: measured,
    }),
    scale: bench('renders of 1, 10 and 60 minutes', 'scale', {
      minutes: text('1,10,60', 'their lengths'),
      ffmpegPath: measured,
    }),
    shards: bench('a render in shards against one process: bytes and CPU', 'shards', {
      minutes: count('length of the video; 10 by default'),
      shards: count('shards; 20 by default'),
      ffmpegPath: measured,
    }),
    states: bench('the Step Functions service: executions, memory, a long history', 'states', {
      rounds: count('number of repetitions'),
    }),
    definitions: bench(
      'which definitions of a folder the Step Functions service refuses, and why',
      'definitions',
      {
        folder: text(
          '~/definitions',
          'the folder; clients of the AWS SDK that are installed in it check parameters',
        ),
      },
    ),
    stall: bench(
      'random definitions and inputs against the Step Functions service, and its longest pause',
      'stall',
      {
        runs: count('how many; 1000 by default'),
        seed,
        from: count('the number of the first one, to continue a run'),
        flight: count('how many at a time; 1 by default'),
        seconds: count('ends the run after this time, with what was measured'),
        at: count('repeats the one with this number'),
      },
    ),
    stop: bench('from Ctrl-C at random moments to the end of make dev and make demo', 'stop', {
      times: count('number of repetitions'),
    }),
    reload: bench('from a saved file to its first invocation', 'reload', {
      times: count('number of repetitions'),
    }),
    deploy: bench("bundles, synth, and the cold import of each function's bundle", 'deployment'),
    fetch: bench("60 pages at MangaDex's rate, against the fake", 'fetch'),
    narrator: bench('parallel calls and rate of the llm narrator, against the fake', 'narrator'),
    voice: bench('speed of the edge voice, against its fake', 'voice'),
    cast: bench("how far the voices of espeak's cast are apart, in pitch and timbre", 'cast'),
    upload: bench('an upload over a connection of 20 MB/s, and its memory', 'upload', {
      gigabytes: count('size of the upload; 4 by default'),
    }),
    recovery: bench('time from a killed machine to the next, and lost work', 'recovery', {
      kills: count('number of repetitions'),
    }),
    house: bench('lines of TypeScript by folder, circles of imports, time of types and lint', 'house'),
    rollback: bench('a rollback while a machine renders, and the fate of its job', 'rollback', {
      runs: count('number of repetitions'),
    }),
    console: bench("the console's first load and a history of 25,000 events, in Chromium", 'console'),
  },
} satisfies Command;

/** Searches of `make lab`. */
export const labs = {
  about: 'Search for defects for minutes to hours',
  what: {
    crash: lab(
      "kills a function's thread, a machine or the whole local cloud before and after each request of a job, and checks what is left",
      'crash/crash',
      {
        points: count('how many points; 240 by default'),
        parallel: count('jobs at a time; 2 by default'),
        lanes: count('lanes of the run of each job; 1 by default'),
        shards: count('shards of each render; 0 by default'),
        shardsOn,
        idle: count('minutes that machines stay; then each job has a second one, which takes them over'),
        seed: text(
          'number',
          'the same seed stops at the same points in the same order; new each day by default',
        ),
        at: text('name', 'only points with this in their name'),
      },
    ),
    fuzz: lab(
      'attacks every parser with broken input, each in a process with a limit of time and memory',
      'fuzz/fuzz',
      {
        parser: text('name', 'only this parser'),
        runs: count('inputs of each parser; 10000 by default'),
        seed,
        at: text('path', 'repeats the input of a finding, together with its seed'),
      },
    ),
    load: lab('simulates weeks of full days with failing calls and machines', 'load/load', {
      days: count('how many days; 30 by default. With six or more, the memory after each day must not grow'),
      jobs: count('videos a day, at most; 100 by default'),
      backlog: count('chapters that wait at the start; 500 by default'),
      lanes: count('chapters that a run makes at the same time; 1 by default'),
      series: count('chapters of each series; 50 by default'),
      arriving: count('chapters that arrive each day except the last ones; as many as jobs by default'),
      runs: count('simultaneous executions; 4 by default'),
      rate: count(
        'percentage of calls and machines with a fault; 5 by default. At 0 an alarm that rings is a failure',
      ),
      seed,
    }),
    scale: lab(
      'simulates a day with several numbers of lanes and of shards of a render: its time, price and machines',
      'scale/scale',
      {
        videos: count('videos of the day; 100 by default'),
        minutes: count('length of each; 10 by default'),
        pages: count('pages of each; 30 by default'),
        series: count('chapters of each series; 5 by default'),
        lanes: text('1,4,10,16', 'numbers of lanes'),
        shards: text('0', 'numbers of shards of a render, or auto'),
        shardsOn,
        idle: text('0', 'minutes that machines wait for another task'),
      },
    ),
    alarms: lab(
      'simulates a month of good days and a month of faults, and prints when each alarm of the stack was raised',
      'load/alarm-table',
      {},
    ),
    long: lab('makes a video of 3,000 segments and measures the memory of each step', 'bench/long', {
      segments: text('300,3000', 'how many segments'),
    }),
  },
} satisfies Command;
