import type { Journal } from '../journal.ts';
import { entryOf, type FaultName } from './catalogue.ts';

export interface Armed {
  fault: FaultName;
  /** Number of remaining strikes. */
  left: number;
  target?: string | undefined;
}

/** Armed faults. Middleware asks it whether to fail a request. */
export interface FaultBoard {
  arm(fault: FaultName, options: { times?: number | undefined; target?: string | undefined }): void;
  /** Returns whether the fault strikes now, and uses up one strike. */
  strikes(fault: FaultName, target?: string): boolean;
  armed(): Armed[];
  clear(): void;
}

export function createFaultBoard(journal: Journal): FaultBoard {
  const waiting = new Map<FaultName, Armed>();
  const tell = (fault: FaultName, phase: 'armed' | 'struck' | 'cleared', target?: string) =>
    journal.write('fault', { fault, phase, ...(target !== undefined && { target }) });

  return {
    arm(fault, { times = entryOf(fault).times, target }) {
      waiting.set(fault, { fault, left: times, target });
      tell(fault, 'armed', target);
    },
    strikes(fault, target) {
      const one = waiting.get(fault);
      if (!one || (one.target !== undefined && target !== undefined && !target.includes(one.target)))
        return false;
      one.left -= 1;
      if (one.left <= 0) waiting.delete(fault);
      tell(fault, 'struck', target);
      return true;
    },
    armed: () => [...waiting.values()],
    clear() {
      for (const { fault } of waiting.values()) tell(fault, 'cleared');
      waiting.clear();
    },
  };
}
