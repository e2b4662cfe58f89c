/** Somebody's request, or an event of the flow, at which a job can be stopped. */
export interface Call {
  /** Where it is seen: at the services of AWS, at a provider, or in the engine's own history. */
  border: 'aws' | 'provider' | 'engine';
  /** A function, a worker, `flow` for the engine, `operator` for whoever starts the day. */
  caller: string;
  /** Without anything that differs from job to job. */
  name: string;
  /** Counts from 1 within a job. */
  nth: number;
}

/** A place in a job at which it is stopped. */
export interface Point extends Call {
  /** Before the call is carried out, or after it and before its answer. */
  phase: 'before' | 'after';
  /** Who is gone without a word: the thread or the machine that called, or the whole local cloud. */
  victim: 'caller' | 'cloud';
}

export const isSame = (one: Call, other: Call) =>
  one.border === other.border &&
  one.caller === other.caller &&
  one.name === other.name &&
  one.nth === other.nth;

export const describe = ({ caller, name, nth, phase, victim }: Point) =>
  `${victim === 'cloud' ? 'the cloud' : `the ${caller}`} ${phase} ${caller}: ${name}${nth > 1 ? ` #${nth}` : ''}`;

/** Counts calls of a job. */
export function callCounter() {
  const seen = new Map<string, number>();
  return (border: Call['border'], caller: string, name: string): Call => {
    const key = `${border} ${caller} ${name}`;
    const nth = (seen.get(key) ?? 0) + 1;
    seen.set(key, nth);
    return { border, caller, name, nth };
  };
}

/** Every way to stop a job at the calls that a job made which nobody stopped. */
export function pointsOf(calls: readonly Call[]): Point[] {
  return calls.flatMap((call): Point[] => {
    // The engine and its history are the cloud.
    const victims =
      call.caller === 'flow' || call.caller === 'operator'
        ? (['cloud'] as const)
        : (['caller', 'cloud'] as const);
    // A provider is asked or not; an event is what is written already.
    const phases = call.border === 'aws' ? (['before', 'after'] as const) : (['after'] as const);
    return phases.flatMap((phase) => victims.map((victim) => ({ ...call, phase, victim })));
  });
}
