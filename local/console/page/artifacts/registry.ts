/** One view for each kind of artifact. A new kind needs a view of its own, and a line here; until then it is a file. */
import type { ComponentType } from 'preact';
import type { ShownArtifact, ShownJob } from '../../model/jobs.ts';
import { OtherFiles } from './other-files.tsx';
import { Pieces } from './pieces.tsx';
import { ShotsView } from './shots.tsx';
import { StoryView } from './story.tsx';
import { VideoView } from './video.tsx';

export interface ArtifactProps {
  job: ShownJob;
  /** Those that the view takes. */
  artifacts: readonly ShownArtifact[];
  /** Of those, what the folder publisher keeps. */
  published: readonly ShownArtifact[];
  /** All of the job, for views that look at another's. */
  all: readonly ShownArtifact[];
}

export interface ArtifactView {
  title: string;
  /** Whether an artifact, by its path below the job's prefix, is this view's. */
  takes(path: string): boolean;
  View: ComponentType<ArtifactProps>;
}

const known: readonly ArtifactView[] = [
  {
    title: 'Video',
    takes: (path) => /^(video(-9x16)?\.mp4|captions\..*|thumbnail\.jpg)$/.test(path),
    View: VideoView,
  },
  {
    title: 'Pages and script',
    takes: (path) => /^(pages\/|script\/|speech\/|(panels|script|speech)\.json$)/.test(path),
    View: StoryView,
  },
  { title: 'Shots', takes: (path) => path === 'shots.json', View: ShotsView },
  { title: 'Rendered pieces', takes: (path) => path.startsWith('render/'), View: Pieces },
];

export const artifactViews: readonly ArtifactView[] = [
  ...known,
  { title: 'Other files', takes: (path) => !known.some(({ takes }) => takes(path)), View: OtherFiles },
];

/** Where an artifact is read; a new version has a new address, so that nothing old is shown. */
export const artifactUrl = ({ job_id }: ShownJob, { path, modified }: ShownArtifact) =>
  `/api/jobs/${job_id}/artifacts/${path}?v=${Date.parse(modified)}`;
export const publishedUrl = ({ job_id }: ShownJob, { path, modified }: ShownArtifact) =>
  `/api/jobs/${job_id}/published/${path}?v=${Date.parse(modified)}`;
