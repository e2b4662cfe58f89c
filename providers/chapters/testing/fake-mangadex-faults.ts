/** What the fake does wrong, and for how many requests more; set any of it at any time. */
export interface MangaDexFaults {
  /** Answers 429 to that many requests of the API or the image servers. */
  storm: number;
  /** Seconds that a 429 tells to wait. */
  stormSeconds: number;
  /** Answers these statuses, one a request, to the API; an empty list answers as it should. */
  apiStatuses: number[];
  /** Answers 200 with something that is no JSON. */
  garbage: number;
  /** Cuts the connection in the middle of an image. */
  cutImages: number;
  /** Sends an image with one byte changed. */
  wrongHashes: number;
  /** Sends an image of no bytes. */
  emptyImages: number;
  /** Answers these statuses to images. */
  imageStatuses: number[];
  /** The origin of an image server that is no good; it is given out until it was reported. */
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
