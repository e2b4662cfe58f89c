/** Messages from the cloud to the process with the ports: open one, or set its current inspectors. */
export interface ProxyCommand {
  name: string;
  port?: number;
  inspectors?: readonly string[];
}

/** Messages from that process to the cloud. */
export type ProxyReport =
  | { kind: 'listening'; name: string; port: number }
  | { kind: 'failed'; name: string; message: string }
  | { kind: 'hold'; name: string; isHolding: boolean };
