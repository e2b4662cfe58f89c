import Sequencer from '@jest/test-sequencer';

/** Folders whose suites run the whole pipeline and take the longest, in their order. */
const slowest = ['lab/crash/', 'local/', 'lab/', 'workers/', 'packages/comic-reader/'];

/** Starts the slowest suites first in a new checkout, where jest knows no durations, so that none runs alone at the end. */
export default class SlowestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path, context }) => {
      const file = path.slice(context.config.rootDir.length + 1);
      const found = slowest.findIndex((folder) => file.startsWith(folder));
      return found < 0 ? slowest.length : found;
    };
    const sorted = super.sort(tests);
    if (sorted.some(({ duration }) => duration !== undefined)) return sorted;
    return sorted.sort((one, other) => rank(one) - rank(other));
  }
}
