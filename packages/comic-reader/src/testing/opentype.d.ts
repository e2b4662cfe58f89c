/** The part of opentype.js that the lettering uses; the package has no types. */
declare module 'opentype.js' {
  export interface Command {
    type: 'M' | 'L' | 'C' | 'Q' | 'Z';
    x?: number;
    y?: number;
    x1?: number;
    y1?: number;
    x2?: number;
    y2?: number;
  }
  export interface Glyph {
    advanceWidth: number;
    getPath(x: number, y: number, size: number): { commands: Command[] };
  }
  export interface Font {
    unitsPerEm: number;
    charToGlyphIndex(character: string): number;
    charToGlyph(character: string): Glyph;
  }
  export interface Path {
    moveTo(x: number, y: number): void;
    lineTo(x: number, y: number): void;
    quadTo(x1: number, y1: number, x: number, y: number): void;
    close(): void;
  }
  interface Drawn {
    name: string;
    unicode?: number;
    advanceWidth: number;
    path: Path;
  }
  interface Made {
    familyName: string;
    styleName: string;
    unitsPerEm: number;
    ascender: number;
    descender: number;
    /** The first glyph replaces missing letters. */
    glyphs: object[];
    copyright: string;
    license: string;
  }
  /** Node treats the package as CommonJS, so it has no named exports at run time. */
  const opentype: {
    parse(data: ArrayBuffer): Font;
    Path: new () => Path;
    Glyph: new (options: Drawn) => object;
    Font: new (options: Made) => { toArrayBuffer(): ArrayBuffer };
  };
  export default opentype;
}
