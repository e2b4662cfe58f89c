import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Chapter } from '../../domain/chapter.ts';
import { ArtifactInvalid, RenderError } from '../../domain/errors.ts';
import type { RendererPorts } from './ports.ts';
import { requestsAtOnce, sideBySide } from './side-by-side.ts';

/** The pages that a video shows, on disk. */
export interface Pages {
  file: (page: number) => string;
  /** Hash of the page's bytes. */
  hash: (page: number) => string;
}

/** Downloads each page once, several at the same time. Throws RenderError naming a missing page. */
export async function fetchPages(
  chapter: Chapter,
  numbers: Iterable<number>,
  ports: Pick<RendererPorts, 'download'>,
  options: { workDirectory: string; signal: AbortSignal },
): Promise<Pages> {
  const fetched = await sideBySide(
    [...new Set(numbers)],
    { signal: options.signal, atOnce: requestsAtOnce },
    async (number) => {
      const stored = chapter.pages.find((page) => page.number === number);
      if (!stored) throw new RenderError(`chapter.json has no page ${number}, which the script shows`);
      const file = join(options.workDirectory, `page-${number}.jpg`);
      try {
        await ports.download(stored.key, file);
      } catch (error) {
        if (error instanceof ArtifactInvalid) throw error;
        throw new RenderError(`${stored.key} can't be read: ${String(error)}`, { cause: error });
      }
      const hash = createHash('sha256')
        .update(await readFile(file))
        .digest('hex');
      return [number, { file, hash }] as const;
    },
  );
  const found = new Map(fetched);
  const get = (number: number) => {
    const page = found.get(number);
    if (!page) throw new RenderError(`Page ${number} was not fetched`);
    return page;
  };
  return { file: (page) => get(page).file, hash: (page) => get(page).hash };
}
