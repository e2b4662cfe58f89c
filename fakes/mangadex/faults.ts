/** Faults of the fake, and for how many more requests. Each can be set at any time. */
export interface MangaDexFaults {
  /** Number of requests to the API or the image servers that get 429. */
  storm: number;
  /** Retry-After of these 429, in seconds. */
  stormSeconds: number;
  /** Statuses of the next requests to the API; empty for normal replies. */
  apiStatuses: number[];
  /** Number of requests that get 200 and a body that is not JSON. */
  garbage: number;
  /** Number of images during which the connection is cut. */
  cutImages: number;
  /** Number of images with one changed byte. */
  wrongHashes: number;
  /** Number of empty images. */
  emptyImages: number;
  /** Statuses of the next requests for images. */
  imageStatuses: number[];
  /** Origin of a broken image server; it is offered until it is reported. */
  badHost: string | null;
  /** Replaces the upload, under another hash, after this many at-home responses. */
  replacedAfter: number;
  /** Whether the report endpoint returns 500. */
  reportsFail: boolean;
}

export const noFaults = (): MangaDexFaults => ({
  storm: 0,
  stormSeconds: 1,
  apiStatuses: [],
  garbage: 0,
  cutImages: 0,
  wrongHashes: 0,
  emptyImages: 0,
  imageStatuses: [],
  badHost: null,
  replacedAfter: Number.POSITIVE_INFINITY,
  reportsFail: false,
});

/** Uses a fault once. */
export function happens(
  faults: MangaDexFaults,
  name: 'storm' | 'garbage' | 'cutImages' | 'wrongHashes' | 'emptyImages',
) {
  if (faults[name] <= 0) return false;
  faults[name] -= 1;
  return true;
}
