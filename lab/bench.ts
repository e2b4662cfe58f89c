/** `make bench WHAT=…`: every figure that the docs and the README name, measured on this machine. */
import { runProgram } from './programs.ts';

await runProgram(
  'make bench',
  {
    all: { file: 'bench/all.ts', about: 'set-up, demo, local cloud and engine; RUNS=1' },
    panels: {
      file: 'bench/panels.ts',
      about: "panels, order and words against the truth; FOLDER='folder …' PAGES=odd TEXT=0 DRAWN=12 KIND=…",
    },
    doubt: {
      file: 'bench/doubt.ts',
      about: 'the verdict on chapters against their reading errors; SET=dev FOLDER=… DRAWN=12 SPOILT=3',
    },
    render: {
      file: 'bench/render.ts',
      about: 'the renderer against its encoder alone, zoompan and still pages; RUNS=5 SECONDS=60',
    },
    scale: { file: 'bench/scale.ts', about: 'renders of 1, 10 and 60 minutes; MINUTES=1,10,60' },
    states: {
      file: 'bench/states.ts',
      about: 'the Step Functions service: executions, memory, a long history; ROUNDS=5',
    },
    stop: {
      file: 'bench/stop.ts',
      about: 'from Ctrl-C at random moments to the end of make dev and make demo; TIMES=50',
    },
    reload: { file: 'bench/reload.ts', about: 'from a saved file to its first invocation; TIMES=50' },
    deploy: {
      file: 'bench/deployment.ts',
      about: "bundles, synth, and the cold import of each function's bundle",
    },
    fetch: { file: 'bench/fetch.ts', about: "60 pages at MangaDex's rate, against the fake" },
    narrator: {
      file: 'bench/narrator.ts',
      about: 'parallel calls and rate of the llm narrator, against the fake',
    },
    voice: { file: 'bench/voice.ts', about: 'speed of the edge voice, against its fake' },
    upload: {
      file: 'bench/upload.ts',
      about: 'an upload over a connection of 20 MB/s, and its memory; GIGABYTES=4',
      args: [process.env.GIGABYTES || '4'],
    },
    recovery: {
      file: 'bench/recovery.ts',
      about: 'time from a killed machine to the next, and lost work; KILLS=3',
    },
    console: {
      file: 'bench/console.ts',
      about: "the console's first load and a history of 25,000 events, in Chromium",
    },
  },
  'all',
);
