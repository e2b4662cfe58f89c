import type { Failing } from './failing.ts';
import { chapterOfSource } from './fake-source.ts';

/** Failures of a remote source of chapters. */
export const failuresOfSource: readonly Failing[] = [
  {
    failure: 'SourceUnavailable',
    cause: 'MangaDex refuses everything',
    state: 'FetchManga',
    says: /MangaDex refuses .* with 403/,
    next: chapterOfSource,
    begin({ source }) {
      source.faults.apiStatuses = Array<number>(1000).fill(403);
      return () => {
        source.faults.apiStatuses = [];
      };
    },
  },
];
