import Sequencer from '@jest/test-sequencer';

/** Suites that take the longest, in their order; then the folders whose suites run the whole pipeline or read pages. */
const slowest = [
  'packages/comic-reader/src/local-page-reader.test.ts',
  'packages/comic-reader/src/read-lettering.test.ts',
  'local/console/lists.browser.test.ts',
  'lab/crash/',
  'lab/fuzz/',
  'lab/load/',
  'local/',
  'workers/',
  'scripts/live/',
  'packages/step-functions/src/durability.test.ts',
  'lab/',
  'packages/comic-reader/',
];

/** Starts the slowest suites first in a new checkout, where jest knows no durations, so that none runs alone at the end. */
export default class SlowestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path, context }) => {
      const file = path.slice(context.config.rootDir.length + 1);
      const found = slowest.findIndex((start) => file.startsWith(start));
      return found < 0 ? slowest.length : found;
    };
    const sorted = super.sort(tests);
    if (sorted.some(({ duration }) => duration !== undefined)) return sorted;
    return sorted.sort((one, other) => rank(one) - rank(other));
  }
}
