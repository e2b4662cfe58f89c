/** Task tokens: they say which attempt of which task they are for, and can't be guessed. */

export interface TaskTicket {
  /** Number of the execution in the store. */
  readonly execution: number;
  readonly thread: number;
  readonly nonce: string;
}

const SHAPE = /^(\d{1,15})\.(\d{1,15})\.([0-9a-f]{32})$/;

export function formatToken({ execution, thread, nonce }: TaskTicket): string {
  return Buffer.from(`${execution}.${thread}.${nonce}`).toString('base64');
}

/** undefined for a text that is no token of this service. */
export function parseToken(token: string): TaskTicket | undefined {
  const parts = SHAPE.exec(Buffer.from(token, 'base64').toString('latin1'));
  if (!parts) return undefined;
  return { execution: Number(parts[1]), thread: Number(parts[2]), nonce: parts[3] ?? '' };
}
