import type * as z from 'zod';
import type { Artifacts } from '../../domain/artifacts.ts';
import { Chapter } from '../../domain/chapter.ts';
import { ArtifactInvalid, RenderError } from '../../domain/errors.ts';
import { Panels } from '../../domain/page.ts';
import { Script } from '../../domain/script.ts';
import { Speech } from '../../domain/speech.ts';
import type { RendererPorts } from './ports.ts';

/** Validated artifacts of the earlier steps. */
export interface RenderInputs {
  chapter: Chapter;
  panels: Panels;
  script: Script;
  speech: Speech;
}

/** Reads one artifact. Throws ArtifactInvalid if it is missing or does not match its schema. */
export async function loadArtifact<S extends z.ZodType>(
  key: string,
  schema: S,
  ports: Pick<RendererPorts, 'readJson'>,
): Promise<z.infer<S>> {
  let content: unknown;
  try {
    content = await ports.readJson(key);
  } catch (error) {
    if (error instanceof ArtifactInvalid) throw error;
    throw new RenderError(`${key} can't be read: ${String(error)}`, { cause: error });
  }
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ArtifactInvalid(`${key} does not match its schema: ${issue?.path.join('.')}: ${issue?.message}`);
}

/** Reads the four artifacts. Throws ArtifactInvalid naming the one that is missing or does not match its schema. */
export async function loadInputs(
  artifacts: Artifacts,
  ports: Pick<RendererPorts, 'readJson'>,
): Promise<RenderInputs> {
  const [chapter, panels, script, speech] = await Promise.all([
    loadArtifact(artifacts.chapter, Chapter, ports),
    loadArtifact(artifacts.panels, Panels, ports),
    loadArtifact(artifacts.script, Script, ports),
    loadArtifact(artifacts.speech, Speech, ports),
  ]);
  return { chapter, panels, script, speech };
}
