/** Folders and files that operating systems, NAS boxes and readers leave behind; Komga and Kavita also skip them. */
const clutterNames =
  /^(__MACOSX|#recycle|#snapshot|@Recycle|@eaDir|@__thumb|@Recently-Snapshot|\$RECYCLE\.BIN|RECYCLER|System Volume Information|lost\+found|Network Trash Folder|Temporary Items|Thumbs\.db|ehthumbs\.db|desktop\.ini|\._.*|\.DS_Store|\.thumb.*|\.AppleDouble)$/i;

const namesIn = (path: string) => path.split('/');

/** Returns whether something on the path was left behind by a known program and can be ignored. */
export const isClutter = (path: string) => namesIn(path).some((name) => clutterNames.test(name));

/** Returns whether something on the path is hidden, or left behind by a program. */
export const isHidden = (path: string) =>
  namesIn(path).some((name) => name.startsWith('.') || clutterNames.test(name));

/**
 * Names of a series' pictures next to its chapters: those of Komga (cover, default, folder, poster, series), Kavita and
 * Mihon (cover), and of the players that share their folders.
 */
const artworkName =
  /^!?(cover|default|folder|poster|series|banner|logo|fanart|backdrop|thumb|thumbnail)([-_ ]?\d+)?$/i;

/** @param stem a picture's name without its extension */
export const isArtwork = (stem: string) => artworkName.test(stem);
