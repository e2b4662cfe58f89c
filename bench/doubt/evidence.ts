import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { createPageReader } from '../../providers/vision/index.ts';
import { ReadPage, readPage } from './read-page.ts';
import type { Source } from './sources.ts';

const Evidence = z.record(z.string(), z.array(ReadPage));

/** Reads the pages of sources; with a file, those that are in it are not read again. */
export function evidenceIn(file: string | undefined) {
  const known = file && existsSync(file) ? Evidence.parse(JSON.parse(readFileSync(file, 'utf8'))) : {};
  return async function read(source: Source): Promise<ReadPage[]> {
    const before = known[source.name];
    if (before) return before;
    const reader = createPageReader();
    const pages: ReadPage[] = [];
    for (const { truth, image } of source.pages) {
      const page = { number: truth.number, direction: source.direction, language: source.said };
      pages.push(await readPage(reader, { ...page, image: await image() }, truth));
    }
    await reader.close();
    known[source.name] = pages;
    if (file) writeFileSync(file, JSON.stringify(known));
    return pages;
  };
}
