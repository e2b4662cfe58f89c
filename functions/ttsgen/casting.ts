import type { SeriesSettings, SettingsOrigin } from '../../config/settings/series.ts';
import { castKey } from '../../domain/artifacts.ts';
import { type PartVoice, type SeriesCast, withCast } from '../../domain/cast.ts';
import { notesOfChoices } from '../../domain/cast-names.ts';
import type { Credited } from '../../domain/end-card.ts';
import { ArtifactInvalid } from '../../domain/errors.ts';
import type { Log } from '../../domain/log.ts';
import type { Script, Segment } from '../../domain/script.ts';
import { isSameName } from '../../domain/story.ts';
import type { Voice } from '../../providers/voices/voice.ts';

export interface CastingPorts {
  chapterOf(jobId: string): Promise<SettingsOrigin & Credited>;
  seriesSettings(series: SettingsOrigin): Promise<SeriesSettings>;
  /**
   * Changes the cast of a series, and returns what the change found out; without `after` nothing is written. It is called again with what
   * is there then if another execution wrote it in the meantime.
   */
  changeCast<R>(
    mangaId: string,
    change: (before: SeriesCast | undefined) => { after?: SeriesCast | undefined; result: R },
  ): Promise<R>;
  /** Those that can speak a job. */
  voices: readonly Pick<Voice, 'provider'>[];
  log: Log;
}

export interface Cast {
  parts: ReadonlyMap<string, PartVoice>;
  /** Peculiarities that a listener could notice, for people. */
  notes: string[];
}

/** The character who says a segment; undefined for the narrator, who also describes what characters do. */
export const sayerOf = ({ kind, speaker }: Segment): string | undefined =>
  kind === 'speech' ? speaker : undefined;

/**
 * Returns the voice of each character in a script. Characters who are new to the series get one, and the series keeps it. A
 * repeated call returns the same voices.
 */
export async function castFor(
  voice: Voice,
  script: Script,
  ports: CastingPorts,
  options?: { isRefused?: boolean },
): Promise<Cast> {
  const { job_id, segments, speakers = [] } = script;
  const lines = segments.map(sayerOf);
  const heard = speakers.filter(({ name }) => lines.includes(name));
  const series = await ports.chapterOf(job_id);
  const { manga_id } = series;
  const choices = (await ports.seriesSettings(series)).cast;
  const heardAs = (name: string) => heard.find((one) => isSameName(one.name, name))?.name;
  const choiceOf = new Map(Object.entries(choices).map(([name, choice]) => [heardAs(name) ?? name, choice]));
  const named = [...choiceOf.values()].flatMap(({ voices }) => voices[voice.provider]?.speaker ?? []);
  const offer = await voice.offer({ ...options, chosen: named });
  const warn = (event: string, facts: object) =>
    ports.log({ level: 'WARN', event, job_id, voice: voice.name, ...facts });
  if (offer.voices.length === 0) {
    warn('no_voices_for_cast', { characters: heard.length });
    return {
      parts: new Map(),
      notes: ['No voice is allowed for characters, so the narrator speaks for them.'],
    };
  }
  const wanted = [...choiceOf].flatMap(([name, { voices }]) => {
    const part = voices[voice.provider];
    const styles = offer.voices.find(({ speaker }) => speaker === part?.speaker)?.styles ?? [];
    return part ? [[name, { ...part, ...(styles.length > 0 && { styles }) }] as const] : [];
  });
  const chosen = wanted.filter(([, part]) => offer.has(part));
  const heardChoices = wanted.filter(([name]) => heardAs(name) !== undefined);
  const missing = heardChoices.filter(([, part]) => !offer.has(part));
  const providers = ports.voices.map(({ provider }) => provider);
  const unused = [...choiceOf].filter(([name, { voices }]) => {
    const its = Object.keys(voices);
    return heardAs(name) !== undefined && its.length > 0 && !providers.some((one) => its.includes(one));
  });
  const { cast, parts, alike, lost } = await ports.changeCast(manga_id, (stored) => {
    const before = stored ?? { manga_id, members: [] };
    // It would be written over the cast of that series.
    if (before.manga_id !== manga_id)
      throw new ArtifactInvalid(
        `${castKey(manga_id)} is the cast of ${before.manga_id}, not of ${manga_id}; correct its manga_id or delete it`,
      );
    const result = withCast(before, {
      job_id,
      provider: voice.provider,
      offer,
      speakers: heard.map(({ name, ...told }) => {
        const { gender = told.gender, age = told.age, manner = told.manner } = choiceOf.get(name) ?? {};
        return { name, gender, age, manner };
      }),
      lines,
      chosen: new Map(chosen),
    });
    const isChanged = JSON.stringify(result.cast) !== JSON.stringify(before);
    return { result, ...(isChanged && { after: result.cast }) };
  });
  if (lost.length > 0) warn('cast_voices_lost', { characters: lost.join(', ') });
  if (alike.length > 0) warn('cast_sounds_alike', { characters: alike.join(', ') });
  if (missing.length > 0)
    warn('chosen_voices_missing', { characters: missing.map(([name]) => name).join(', ') });
  const notes = [
    ...notesOfChoices(job_id, cast),
    ...unused.map(
      ([name, { voices }]) =>
        `${name} has a usual voice: the series' settings choose one of ${Object.keys(voices).join(', ')} only, and this stage has ${providers.join(', ')}.`,
    ),
    ...missing.map(
      ([name, { speaker }]) =>
        `${name} does not have the voice ${speaker} that the series' settings choose: ${voice.provider} has no such voice for Vietnamese.`,
    ),
    ...heardChoices.flatMap(([name, part]) =>
      offer.isNarrators(part) ? [`${name} sounds like the narrator: the series' settings choose so.`] : [],
    ),
    ...alike.map(
      (name) =>
        `${name} sounds like somebody they talk with: no other voice is left, or the series' settings choose so.`,
    ),
  ];
  return { parts, notes };
}
