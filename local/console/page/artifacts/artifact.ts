/** What a view of artifacts is given, and where it reads them. */
import type { ShownArtifact, ShownJob } from '../../model/jobs.ts';

export interface ArtifactProps {
  job: ShownJob;
  /** Those that the view takes. */
  artifacts: readonly ShownArtifact[];
  /** Of those, what the folder publisher keeps. */
  published: readonly ShownArtifact[];
  /** The page that somebody wants to see, on this view or another. */
  page: number | undefined;
  onPage(page: number): void;
  /** All of the job, for views that look at another's. */
  all: readonly ShownArtifact[];
}

/** Where an artifact is read; a new version has a new address, so that nothing old is shown. */
export const artifactUrl = ({ job_id }: ShownJob, { path, modified }: ShownArtifact) =>
  `/api/jobs/${job_id}/artifacts/${path}?v=${Date.parse(modified)}`;
export const publishedUrl = ({ job_id }: ShownJob, { path, modified }: ShownArtifact) =>
  `/api/jobs/${job_id}/published/${path}?v=${Date.parse(modified)}`;
