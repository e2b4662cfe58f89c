import { type Component, label } from '../image/components.ts';
import { emptyMask, type Mask, without } from '../image/raster.ts';
import { closedGutters } from './closed-gutters.ts';

/** The part of a page that is not gutter. */
export interface Foreground {
  /** Art, frames, and everything that they enclose. */
  art: Mask;
  /** The part of `art` without the gutter's colour: without the white of bubbles. */
  ink: Mask;
  /** Pieces too small to be art: lettering on the gutter's colour, page numbers. */
  lettering: Component[];
}

/** Returns the largest side of lettering on the gutter, by the page's shorter side. */
export const speckOf = (side: number) => side * 0.022;

/** Largest thickness of a closed stretch of gutter, in specks. */
const barThickness = 1.6;

/** Returns whether a piece is a thin, straight bar: a stretch of gutter between bubbles across it. */
const isBar = ({ w, h, area }: Component, speck: number) =>
  Math.min(w, h) <= barThickness * speck && Math.max(w, h) >= 4 * Math.min(w, h) && area >= 0.8 * w * h;

/** A page's areas of the gutter's colour, and those of them that are gutter. */
export interface Ground {
  coloured: Mask;
  /** 1 where something is not gutter: art, and letters and dust on the gutter's colour. */
  drawn: Mask;
}

/**
 * Finds the gutter: areas of its colour count only if they reach the raster's edge, so a white sky or a bubble inside a frame stays part
 * of its panel.
 * @param speck largest side of lettering
 */
export function groundOf(coloured: Mask, speck: number): Ground {
  const { width, height } = coloured;
  const areas = label(coloured, false);
  const outside = areas.components.filter((c) => c.touchesEdge);
  // If art bleeds off the page on all sides, gutters do not reach an edge, but they are long.
  const bleeds = outside.reduce((sum, c) => sum + c.area, 0) < width * height * 0.01;
  const closed = closedGutters(areas, width, Math.round(barThickness * speck));
  const drawn = emptyMask(width, height);
  drawn.data.fill(1);
  areas.paint(
    drawn,
    0,
    (c) =>
      c.touchesEdge ||
      isBar(c, speck) ||
      closed.has(c) ||
      (bleeds && (c.w >= width * 0.4 || c.h >= height * 0.4)),
  );
  return { coloured, drawn };
}

/**
 * Separates art from gutter.
 * @param speck largest side of lettering; pieces with sides up to a sixth of it are dust
 */
export function foreground({ coloured, drawn }: Ground, speck: number): Foreground {
  const { components, paint } = label(drawn);
  const size = (c: Component) => Math.max(c.w, c.h);
  const art = emptyMask(drawn.width, drawn.height);
  paint(art, 1, (c) => size(c) > speck);
  const ink = without(art, coloured);
  return { art, ink, lettering: components.filter((c) => size(c) <= speck && size(c) > speck / 6) };
}
