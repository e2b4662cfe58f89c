/** Task tokens: they identify an attempt of a task and cannot be guessed. */

export interface TaskTicket {
  /** Number of the execution in the store. */
  readonly execution: number;
  readonly thread: number;
  readonly nonce: string;
}

const shape = /^(\d{1,15})\.(\d{1,15})\.([0-9a-f]{32})$/;

export function formatToken(ticket: TaskTicket): string {
  return Buffer.from(formatTicket(ticket)).toString('base64');
}

/** Returns the ticket in its stored form, which is kept with the execution that the task started. */
export function formatTicket({ execution, thread, nonce }: TaskTicket): string {
  return `${execution}.${thread}.${nonce}`;
}

/** Returns undefined for a text that is not a token of this service. */
export function parseToken(token: string): TaskTicket | undefined {
  const parts = shape.exec(Buffer.from(token, 'base64').toString('latin1'));
  if (!parts) return undefined;
  return { execution: Number(parts[1]), thread: Number(parts[2]), nonce: parts[3] ?? '' };
}
