/** What the cloud tells the process with the ports: open one, or where the inspectors of one are now. */
export interface ProxyOrder {
  name: string;
  port?: number;
  inspectors?: readonly string[];
}

/** What that process tells the cloud. */
export type ProxyNews =
  | { kind: 'listening'; name: string; port: number }
  | { kind: 'failed'; name: string; message: string }
  | { kind: 'hold'; name: string; isHolding: boolean };
