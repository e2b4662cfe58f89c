/** Properties of the views of artifacts, and the addresses of artifacts. */
import type { ShownArtifact, ShownJob } from '../../model/jobs.ts';
import type { Playback } from '../playback.ts';

/** Changed texts of segments that are not saved yet, by index. */
export type Edits = ReadonlyMap<number, string>;

export interface ArtifactProps {
  job: ShownJob;
  /** The artifacts that the view shows. */
  artifacts: readonly ShownArtifact[];
  /** The view's files that the folder publisher keeps. */
  published: readonly ShownArtifact[];
  /** The page selected in this view or another one. */
  page: number | undefined;
  onPage(page: number): void;
  playback: Playback;
  /** The segment that was clicked last, or is edited. */
  segment: number | undefined;
  onSegment(index: number): void;
  edits: Edits;
  onEdits(edits: Edits): void;
  /** All artifacts of the job, for views that need those of another view. */
  all: readonly ShownArtifact[];
}

/**
 * Returns the address of an artifact; a new version has a new address, so that the browser does not show an old one.
 */
export const artifactUrl = ({ job_id }: ShownJob, { path, modified }: ShownArtifact) =>
  `/api/jobs/${job_id}/artifacts/${path}?v=${Date.parse(modified)}`;
export const publishedUrl = ({ job_id }: ShownJob, { path, modified }: ShownArtifact) =>
  `/api/jobs/${job_id}/published/${path}?v=${Date.parse(modified)}`;
