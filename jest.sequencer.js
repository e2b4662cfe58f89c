import sequencerModule from '@jest/test-sequencer';

const Sequencer = sequencerModule.default ?? sequencerModule;

/** Folders whose suites run the whole pipeline and take the longest, in their order; in a new checkout jest knows no durations. */
const slowest = ['lab/crash/', 'local/', 'lab/', 'workers/', 'packages/comic-reader/'];

/** Starts the slowest suites first, so that none of them runs alone at the end. */
export default class SlowestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path, context }) => {
      const file = path.slice(context.config.rootDir.length + 1);
      const found = slowest.findIndex((folder) => file.startsWith(folder));
      return found < 0 ? slowest.length : found;
    };
    return super.sort(tests).sort((one, other) => rank(one) - rank(other));
  }
}
