/** Events of a history without their data, as a list of 25,000 needs. */

/** id, id of the previous event, ms since 1970, type, name (of a state, an iteration), note (an error, a target). */
export type SlimEvent = [
  id: number,
  previous: number,
  time: number,
  type: string,
  name: string,
  note: string,
];

export interface FullEvent {
  readonly id: number;
  readonly previousEventId: number;
  /** s since 1970 */
  readonly timestamp: number;
  readonly type: string;
  readonly [details: `${string}EventDetails`]: Readonly<Record<string, unknown>>;
}

const text = (value: unknown) => (typeof value === 'string' ? value : '');

export function slimEvent(event: FullEvent): SlimEvent {
  const { id, previousEventId, timestamp, type } = event;
  let name = '';
  let note = '';
  for (const [field, details] of Object.entries(event)) {
    if (!field.endsWith('EventDetails') || typeof details !== 'object') continue;
    const given = details as Record<string, unknown>;
    name = text(given.name);
    note = text(given.error) || text(given.resource);
    if (typeof given.index === 'number') note = String(given.index);
  }
  return [id, previousEventId, Math.round(timestamp * 1000), type, name, note.slice(0, 200)];
}
