import type { RunbookName } from '../../domain/runbook.ts';
import type { FailureWorld } from './failure-world.ts';

/** One way in which a job fails, brought about by its real cause. */
export interface Failing {
  failure: RunbookName;
  /** What is the matter, for the name of the test. */
  cause: string;
  /** The state that fails. */
  state: string;
  /** The name on the job, where it is not that of the class. */
  error?: string;
  /** What the message says of what happened. */
  says: RegExp;
  /** Puts the chapter into the library, where it is not one like any other. */
  chapter?(world: FailureWorld, id: string): Promise<void>;
  /** Lets the cause be there before the day begins; answers what takes it away, which happens once the operator is told. */
  begin?(world: FailureWorld): () => void;
  /** What happens while the day runs. */
  meanwhile?(world: FailureWorld): Promise<void>;
  /** How much time passes at a time while nobody works. */
  step?: string;
  /** The chapter that goes well afterwards, where it is not the next of the library. */
  next?: string;
  /** The day ends with it; the next chapter goes on another day. */
  endsDay?: true;
}
