/** Messages between the service and the thread that decodes a Parquet file. */

import type { Json } from '../json.ts';

/** Bytes from `start` to before `end`. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export type FromDecoder =
  | { readonly type: 'wants'; readonly id: number; readonly range: Range }
  /** Rows, after which the decoder waits for `next`. */
  | { readonly type: 'rows'; readonly rows: readonly Json[] }
  | { readonly type: 'end' };

export type ToDecoder =
  | { readonly type: 'bytes'; readonly id: number; readonly bytes: Uint8Array }
  | { readonly type: 'next' };
