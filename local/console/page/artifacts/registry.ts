/** The views of artifacts, one per kind. A new kind needs a view and a line here; until then it is shown as a file. */
import type { ComponentType } from 'preact';
import type { ArtifactProps } from './artifact.ts';
import { OtherFiles } from './other-files.tsx';
import { Pieces } from './pieces.tsx';
import { ShotsView } from './shots.tsx';
import { StoryView } from './story.tsx';
import { VideoView } from './video.tsx';

export interface ArtifactView {
  title: string;
  /** Whether the view shows an artifact, by its path below the job's prefix. */
  takes(path: string): boolean;
  /** An artifact of another view that is enough to show this one. */
  needs?: string;
  View: ComponentType<ArtifactProps>;
}

const known: readonly ArtifactView[] = [
  {
    title: 'Video',
    takes: (path) => /^(video(-9x16)?\.mp4|captions\..*|thumbnails\.json|thumbnail(-\d)?\.jpg)$/.test(path),
    View: VideoView,
  },
  {
    title: 'Pages and script',
    takes: (path) => /^(pages\/|script\/|speech\/|(panels|script|speech|doubt)\.json$)/.test(path),
    View: StoryView,
  },
  { title: 'Shots', takes: (path) => path === 'shots.json', needs: 'script.json', View: ShotsView },
  { title: 'Rendered pieces', takes: (path) => path.startsWith('render/'), View: Pieces },
];

export const artifactViews: readonly ArtifactView[] = [
  ...known,
  { title: 'Other files', takes: (path) => !known.some(({ takes }) => takes(path)), View: OtherFiles },
];
