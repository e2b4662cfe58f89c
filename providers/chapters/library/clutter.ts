/**
 * Folders and files that systems, NAS boxes, synchronisers and readers leave behind, by kind; Komga and Kavita also skip most of them.
 * Whatever begins with a dot is hidden and not listed here: `.DS_Store`, `.stfolder`, `.stversions`, `.sync`, `.caltrash`, `.Trash-1000`.
 */
const kinds = [
  // Deleted files and old versions.
  String.raw`#recycle|@recycle|\$recycle\.bin|recycle[dr]|network trash folder|files_trashbin|files_versions|#snapshot|@recently-snapshot|@sharesnap|@sharebin`,
  // Fragments that a check of the disk found.
  String.raw`found\.\d{3}|file\d{4}\.chk|lost\+found|lost\.dir`,
  // Data of the system or of a NAS.
  String.raw`system volume information|\$winreagent|\$extend|thevolumesettingsfolder|desktop d[bf]|@(?:tmp|s2s|synologydrive|__qini)|.*@syno(?:eastream|resource)`,
  // Thumbnails, icons and views.
  String.raw`__macosx|@eadir|@__thumb|@synothumb|thumbs\.db|ehthumbs(?:_vista)?\.db|desktop\.ini|picasa\.ini|zbthumbnail\.info|icon\r`,
  // Locks and files that a program has not finished.
  String.raw`temporary items|~\$.*|~syncthing~.*`,
];
const clutterNames = new RegExp(
  `^(?:${kinds.join('|')}|\\._.*|\\.DS_Store|\\.thumb.*|\\.AppleDouble)$`,
  'is',
);

/**
 * A copy that a synchroniser made because a file changed in two places, as Syncthing, Nextcloud and Dropbox name it: the same chapter a
 * second time, and perhaps the wrong one.
 */
const conflict = /\.sync-conflict-\d{8}-\d{6}|\((?:[^()]*\s)?conflicted copy\b[^()]*\)|\.conflict(?:\.|$)/i;

/** Returns whether a file is a second copy that a synchroniser made of another one. */
export const isConflictCopy = (path: string) => conflict.test(path.split('/').at(-1) ?? path);

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
