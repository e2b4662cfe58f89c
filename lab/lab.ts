/** `make lab WHAT=…`: searches for defects for minutes to hours. Each program ends with 1 when it finds one. */
import { runProgram } from './programs.ts';

await runProgram('make lab', {
  crash: {
    file: 'crash/crash.ts',
    about: "stops jobs at hundreds of points and checks the result; POINTS=240 SEED=1 AT='uploader'",
  },
  fuzz: {
    file: 'fuzz/fuzz.ts',
    about: 'attacks every parser with broken input; PARSER=archive RUNS=10000 SEED=1 AT=…',
  },
  load: {
    file: 'load/load.ts',
    about:
      'simulates weeks of full days with failing calls and machines; DAYS=30 JOBS=100 BACKLOG=500 RUNS=4 RATE=5 SEED=1',
  },
  long: {
    file: 'bench/long.ts',
    about: 'makes a video of 3,000 segments and measures the memory of each step; SEGMENTS=300,3000',
  },
});
