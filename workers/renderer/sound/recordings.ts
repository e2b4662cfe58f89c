import { type Artifacts, musicPrefix } from '../../../domain/artifacts.ts';
import { ArtifactInvalid, RenderError } from '../../../domain/errors.ts';
import type { RendererPorts } from '../ports.ts';

/** The recordings that a sound is made of, speech and music. */
export interface Recordings {
  /** Returns what the bucket calls this version of a recording. */
  versionOf(key: string): string;
  /** Fetches that version into a file. Throws RenderError if it can't be fetched, or is no longer there. */
  fetch(key: string, toFile: string): Promise<void>;
}

/** Finds recordings in listings, without fetching them. Throws ArtifactInvalid naming one that is missing. */
export async function findRecordings(
  speech: readonly string[],
  music: readonly string[],
  {
    artifacts,
    ports,
  }: { artifacts: Artifacts; ports: Pick<RendererPorts, 'versionsBelow' | 'downloadVersion'> },
): Promise<Recordings> {
  const versions = new Map([
    ...(await ports.versionsBelow(artifacts.recordings)),
    ...(music.length > 0 ? await ports.versionsBelow(musicPrefix) : []),
  ]);
  const versionOf = (key: string): string => {
    const version = versions.get(key);
    if (version === undefined) throw new ArtifactInvalid(`${key} is missing`);
    return version;
  };
  for (const key of [...speech, ...music]) versionOf(key);
  return {
    versionOf,
    async fetch(key, toFile) {
      try {
        await ports.downloadVersion(key, versionOf(key), toFile);
      } catch (error) {
        if (error instanceof ArtifactInvalid) throw error;
        const what = music.includes(key) ? 'music' : 'speech';
        throw new RenderError(`The ${what} in ${key} can't be read: ${String(error)}`, { cause: error });
      }
    },
  };
}
