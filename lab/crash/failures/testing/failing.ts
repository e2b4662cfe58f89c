import type { RunbookName } from '../../../../domain/runbook.ts';
import type { FailureEnvironment } from './failure-environment.ts';

/** One failure of a job, with its real cause. */
export interface Failing {
  failure: RunbookName;
  /** The cause, for the name of the test. */
  cause: string;
  /** The state that fails. */
  state: string;
  /** The error's name on the job, if it is not that of the class. */
  error?: string;
  /** Pattern of the error's message. */
  says: RegExp;
  /** Writes the chapter to the library, if it is not an ordinary one. */
  chapter?(pipeline: FailureEnvironment, id: string): Promise<void>;
  /**
   * Installs the fault before the run starts. Returns a function that removes it, which is called once the operator is
   * notified.
   */
  begin?(pipeline: FailureEnvironment): () => void;
  /** Runs during the day. */
  meanwhile?(pipeline: FailureEnvironment, executionArn: string): Promise<void>;
  /** Simulated time per step while nothing works. */
  step?: string;
  /** The chapter that succeeds afterwards, if it is not the next one of the library. */
  next?: string;
  /** The failure ends the day; the next chapter is published on another day. */
  endsDay?: true;
  /** Status of the execution at the end of that day; SUCCEEDED if left out. */
  ends?: 'ABORTED';
}
