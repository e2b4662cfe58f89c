import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { link, rm } from 'node:fs/promises';
import { drawPiece } from '../../../workers/renderer/drawing/draw-piece.ts';
import { DrawingMemory } from '../../../workers/renderer/drawing/drawing-memory.ts';
import { rawFile } from './contestants.ts';
import type { Setting } from './setting.ts';

/** Writes the raw frames of all pieces as input for `limit`, equal ones once: a minute has six gigabytes. Not timed. */
export async function writeRawFrames(setting: Setting): Promise<void> {
  const memory = new DrawingMemory();
  const written = new Map<string, string>();
  for (const piece of setting.pieces) {
    const path = rawFile(setting, piece);
    const file = createWriteStream(path);
    const hash = createHash('sha256');
    for await (const frame of drawPiece(piece.draw, memory)) {
      hash.update(frame);
      if (!file.write(Uint8Array.from(frame))) await once(file, 'drain');
    }
    file.end();
    await once(file, 'close');
    const content = hash.digest('hex');
    const same = written.get(content);
    if (!same) {
      written.set(content, path);
      continue;
    }
    await rm(path);
    await link(same, path);
  }
}
