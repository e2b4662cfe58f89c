import { fileURLToPath } from 'node:url';

/** The folder with the font of burnt-in subtitles; a bundle has it beside its code. */
export const subtitleFonts = () => fileURLToPath(new URL('./fonts/subtitles', import.meta.url));
export const subtitleFontName = 'Manga Subtitles';
