/** Computes what AWS bills for an execution of type EXPRESS, as StartSyncExecution shows it. */

export interface Billing {
  readonly memoryMB: number;
  readonly milliseconds: number;
}

/** Rounds the duration up to 100 ms, AWS's increment; the memory is its least amount. */
export function billingOf(milliseconds: number): Billing {
  return { memoryMB: 64, milliseconds: Math.max(1, Math.ceil(milliseconds / 100)) * 100 };
}
