import type { Artifacts } from '../../domain/artifacts.ts';
import { loadInputs } from './load-inputs.ts';
import type { RendererPorts, RenderOptions } from './ports.ts';
import { cardsOf } from './shots/cards.ts';
import { planShots } from './shots/plan-shots.ts';
import { makeCues } from './subtitles/captions.ts';
import { makeTimeline } from './timeline.ts';

/** Reads the artifacts of the earlier steps and plans what the video shows. The same artifacts give the same plan on every machine. */
export async function planVideo(
  artifacts: Artifacts,
  ports: Pick<RendererPorts, 'readJson'>,
  { formats }: Pick<RenderOptions, 'formats'>,
) {
  const inputs = await loadInputs(artifacts, ports);
  const { chapter, panels, script, speech } = inputs;
  const timeline = makeTimeline(script, speech);
  const shots = planShots(timeline, panels, {
    formats,
    direction: chapter.reading_direction,
    cardOf: cardsOf(chapter, script.synthetic_notice),
  });
  return { ...inputs, timeline, shots, cues: makeCues(timeline.segments) };
}
