/** A request, or an event of the flow, at which a job can be stopped. */
export interface Call {
  /** Where the call is observed: at the services of AWS, at a provider, or in the engine's history. */
  observedAt: 'aws' | 'provider' | 'engine';
  /** A function, a worker, `flow` for the engine, or `operator` for the start of the day. */
  caller: string;
  /** Contains nothing that differs between jobs. */
  name: string;
  /** Counts from 1 within a job. */
  nth: number;
}

/** A point at which a job is stopped. */
export interface Point extends Call {
  /** Before the call is carried out, or after it and before its response. */
  phase: 'before' | 'after';
  /** What is killed without notice: the calling thread or machine, or the whole local cloud. */
  victim: 'caller' | 'cloud';
}

export const isSame = (one: Call, other: Call) =>
  one.observedAt === other.observedAt &&
  one.caller === other.caller &&
  one.name === other.name &&
  one.nth === other.nth;

export const describe = ({ caller, name, nth, phase, victim }: Point) =>
  `${victim === 'cloud' ? 'the cloud' : `the ${caller}`} ${phase} ${caller}: ${name}${nth > 1 ? ` #${nth}` : ''}`;

/** Counts the calls of a job. */
export function callCounter() {
  const seen = new Map<string, number>();
  return (observedAt: Call['observedAt'], caller: string, name: string): Call => {
    const key = `${observedAt} ${caller} ${name}`;
    const nth = (seen.get(key) ?? 0) + 1;
    seen.set(key, nth);
    return { observedAt, caller, name, nth };
  };
}

/** Returns every way to stop a job at the calls of an undisturbed one. */
export function pointsOf(calls: readonly Call[]): Point[] {
  return calls.flatMap((call): Point[] => {
    // The engine and its history are part of the cloud.
    const victims =
      call.caller === 'flow' || call.caller === 'operator'
        ? (['cloud'] as const)
        : (['caller', 'cloud'] as const);
    // A call of a provider is seen before its response, an event after it is written.
    const phases = call.observedAt === 'aws' ? (['before', 'after'] as const) : (['after'] as const);
    return phases.flatMap((phase) => victims.map((victim) => ({ ...call, phase, victim })));
  });
}
