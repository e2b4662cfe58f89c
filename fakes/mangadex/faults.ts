/** What the fake does wrong, and for how many more requests. Each can be set at any time. */
export interface MangaDexFaults {
  /** Requests to the API or the image servers that get 429. */
  storm: number;
  /** Retry-After of these 429, in seconds. */
  stormSeconds: number;
  /** Statuses of the next requests to the API; empty for normal replies. */
  apiStatuses: number[];
  /** Requests that get 200 and a body that is not JSON. */
  garbage: number;
  /** Cuts the connection in the middle of an image. */
  cutImages: number;
  /** Sends an image with one byte changed. */
  wrongHashes: number;
  /** Sends an image of no bytes. */
  emptyImages: number;
  /** Statuses of the next requests for images. */
  imageStatuses: number[];
  /** Origin of a broken image server; it is offered until it is reported. */
  badHost: string | null;
  /** The upload is replaced, under another hash, after that many at-home answers. */
  replacedAfter: number;
  /** The report endpoint answers 500. */
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

/** Uses up one of a fault's times. */
export function happens(
  faults: MangaDexFaults,
  name: 'storm' | 'garbage' | 'cutImages' | 'wrongHashes' | 'emptyImages',
) {
  if (faults[name] <= 0) return false;
  faults[name] -= 1;
  return true;
}
