/** Types that the page shows, by the end of a name. Anything that could run is shown as text or not at all. */
const types = new Map([
  ...['jpg', 'jpeg'].map((end) => [end, 'image/jpeg'] as const),
  ...['png', 'gif', 'webp', 'avif'].map((end) => [end, `image/${end}`] as const),
  ['mp3', 'audio/mpeg'],
  ...['wav', 'ogg', 'flac'].map((end) => [end, `audio/${end}`] as const),
  ...['mp4', 'webm'].map((end) => [end, `video/${end}`] as const),
  ['json', 'application/json; charset=utf-8'],
  ['vtt', 'text/vtt; charset=utf-8'],
  ...['srt', 'ass', 'txt', 'log', 'csv', 'xml', 'svg', 'html', 'md'].map(
    (end) => [end, 'text/plain; charset=utf-8'] as const,
  ),
]);

/** Returns the type by the end of the name; unknown types are downloaded, never shown. */
export const typeOf = (path: string) =>
  types.get(path.slice(path.lastIndexOf('.') + 1).toLowerCase()) ?? 'application/octet-stream';
