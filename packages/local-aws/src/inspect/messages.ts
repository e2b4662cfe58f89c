/** Messages from the cloud to the process with the ports: open one, set its current inspectors, or let all debuggers go. */
export type ProxyCommand =
  | { kind: 'open'; name: string; port: number }
  | { kind: 'inspectors'; name: string; inspectors: readonly string[] }
  | { kind: 'detach' };

/** Messages from that process to the cloud. */
export type ProxyReport =
  | { kind: 'listening'; name: string; port: number }
  | { kind: 'failed'; name: string; message: string }
  | { kind: 'hold'; name: string; isHolding: boolean }
  | { kind: 'detached' };
