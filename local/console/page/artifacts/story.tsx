/** Pages with their panels and bubbles, next to their narration. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { PageAnalysis, Panels } from '../../../../domain/page.ts';
import type { PageDraft, Script, Segment } from '../../../../domain/script.ts';
import type { Speech } from '../../../../domain/speech.ts';
import { Empty } from '../parts/basics.tsx';
import { usePosition } from '../playback.ts';
import { useResource } from '../use-resource.ts';
import { type ArtifactProps, artifactUrl } from './artifact.ts';
import { PageOverlay } from './page-overlay.tsx';
import { PagePicker } from './page-picker.tsx';
import { SegmentList } from './segment-list.tsx';

const numbered = (prefix: string, page: number, extension: string) =>
  `${prefix}/${String(page).padStart(3, '0')}.${extension}`;

export function StoryView(props: ArtifactProps) {
  const { job, artifacts, all, page: chosen, onPage: choose, playback, edits, onEdits, onSegment } = props;
  const url = (path: string) => {
    const artifact = artifacts.find((one) => one.path === path);
    return artifact && artifactUrl(job, artifact);
  };
  const pages = artifacts.flatMap(({ path }) => {
    const number = /^pages\/(\d+)\.jpg$/.exec(path)?.[1];
    return number ? [Number(number)] : [];
  });
  const [active, setActive] = useState<Segment>();
  const page = chosen ?? pages[0] ?? 1;
  const { value: panels } = useResource<Panels>(url('panels.json'));
  const { value: script } = useResource<Script>(url('script.json'));
  const { value: speech } = useResource<Speech>(url('speech.json'));
  // While the script is being written, each finished page has a draft.
  const { value: draft } = useResource<PageDraft>(panels ? undefined : url(numbered('script', page, 'json')));
  const analysis: PageAnalysis | undefined =
    panels?.pages.find(({ number }) => number === page) ?? draft?.analysis;
  const segments = script?.segments.filter((segment) => segment.page === page) ?? draftSegments(draft);
  useEffect(() => setActive(undefined), [page]);
  const starts = useMemo(() => (speech && isOfSpeech(all) ? startsOf(speech) : []), [speech, all]);
  const { index: spoken, playing } = usePosition(playback, starts);
  const pageOfSpoken = spoken === undefined ? undefined : script?.segments[spoken]?.page;
  useEffect(() => {
    if (playing && pageOfSpoken !== undefined && pageOfSpoken !== page) choose(pageOfSpoken);
  }, [playing, pageOfSpoken]);
  const image = url(numbered('pages', page, 'jpg'));

  if (pages.length === 0) return <Empty title="No page is stored yet." />;
  return (
    <div class="story">
      <PagePicker
        pages={pages}
        current={page}
        onChoose={choose}
        thumbnail={(one) => url(numbered('pages', one, 'jpg'))}
      />
      <div class="spread">
        {image && (
          <PageOverlay image={image} page={page} analysis={analysis} highlighted={active?.panels ?? []} />
        )}
        <SegmentList
          job={job}
          page={page}
          segments={segments}
          script={script}
          speech={speech}
          active={active}
          onActive={setActive}
          audioUrl={({ index }) => url(`speech/${String(index).padStart(4, '0')}.mp3`)}
          onPage={choose}
          edits={edits}
          onEdits={onEdits}
          onSegment={onSegment}
          spoken={spoken}
          starts={starts}
          playback={playback}
        />
      </div>
    </div>
  );
}

/** Returns when each segment begins in the video, in seconds. */
function startsOf({ segments }: Speech): number[] {
  let time = 0;
  return segments.map(({ duration, pause_after }) => {
    const start = time;
    time += duration + pause_after;
    return start;
  });
}

/** Whether the video was made after the speech; an older one has other times. */
function isOfSpeech(all: ArtifactProps['all']): boolean {
  const madeAt = (path: string) => Date.parse(all.find((one) => one.path === path)?.modified ?? '');
  return madeAt('video.mp4') >= madeAt('speech.json');
}

/** A draft's segments do not have a position in the script yet. */
const draftSegments = (draft: PageDraft | undefined): Segment[] =>
  draft?.segments.map((segment, index) => ({ ...segment, index: -1 - index })) ?? [];
