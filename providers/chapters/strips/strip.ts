import { loadSharp } from '../../media/load-sharp.ts';
import { type NormalisedPage, storedForm, withPicture } from '../normalise-page.ts';
import { StripCutter, type StripPart } from './cutter.ts';

/** A page ready to be stored. */
export interface ReadyPage extends NormalisedPage {
  /** Number of source files that begin on it; 1 except in strips. */
  files: number;
  /** Whether it is cut off where the art of a strip has no even row. */
  endsInArt?: boolean;
}

/** Wider strips are scaled down: the reader needs no more, and it bounds memory. */
const mostWidth = 1600;

/** Files that form one strip, joined and cut again between scenes. */
export class Strip {
  readonly #cutter: StripCutter;
  readonly #starts: number[] = [];
  #height = 0;

  /** @param width of its files, in pixels */
  constructor(width: number) {
    this.#cutter = new StripCutter(Math.min(width, mostWidth));
  }

  /** Adds the next file; yields the pages that are complete now. */
  async *add({ image, name }: { image: Uint8Array; name: string }): AsyncGenerator<ReadyPage> {
    const { width } = this.#cutter;
    const rows = await withPicture(image, name, async (picture) =>
      picture.resize({ width, withoutEnlargement: true }).raw().toBuffer(),
    );
    this.#starts.push(this.#height);
    this.#height += rows.length / (width * 3);
    for (const part of this.#cutter.add(rows)) yield await this.#page(part);
  }

  async *end(): AsyncGenerator<ReadyPage> {
    for (const part of this.#cutter.end()) yield await this.#page(part);
  }

  async #page({ from, height, data, endsInArt }: StripPart): Promise<ReadyPage> {
    const sharp = await loadSharp();
    const { width } = this.#cutter;
    const page = await storedForm(sharp(data, { raw: { width, height, channels: 3 } }));
    const files = this.#starts.filter((start) => start >= from && start < from + height).length;
    return { ...page, files, endsInArt };
  }
}
