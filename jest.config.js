import { realpathSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';

// The temporary folder of macOS is behind a link, and programs name where it leads. Workers inherit this.
process.env.TMPDIR = realpathSync(tmpdir());

/** Tests are next to the code and run as native ES modules on the project's Node. */
export default {
  testEnvironment: './jest.environment.js',
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/out/', '/.local/', '/dist/'],
  modulePathIgnorePatterns: ['<rootDir>/out/', '<rootDir>/.local/', '<rootDir>/dist/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript' },
          target: 'es2024',
          experimental: { keepImportAttributes: true },
        },
        module: { type: 'es6' },
      },
    ],
  },
  testSequencer: './jest.sequencer.js',
  // Tests of the whole cloud wait for their processes a quarter of the time, so one worker more than cores. Jest takes a percentage
  // over 100 as a number.
  maxWorkers: availableParallelism() + 1,
  // Modules of finished suites stay in memory: a worker above this starts again.
  workerIdleMemoryLimit: '1GB',
  // Finds what hangs. No test fails because a machine is slow.
  testTimeout: 120_000,
};
