/** Shows an object of the bucket by the end of its name: a picture, sound, a video, JSON or text. */
import { useEffect, useState } from 'preact/hooks';
import type { StoredObject } from '../../../cloud-access.ts';
import { typeOf } from '../../content-type.ts';
import { sizeText } from '../format.ts';
import { Facts, Loading, Problem, Time } from './basics.tsx';
import { Json } from './json.tsx';

export const objectUrl = (key: string): string => `/api/object?${new URLSearchParams({ key })}`;

/** Number of bytes of a text that are shown. */
const most = 256 * 1024;

export function ObjectPreview({ object: { key, size, modified } }: { object: StoredObject }) {
  const url = objectUrl(key);
  const type = typeOf(key);
  const kind = type.startsWith('application/json') ? 'text' : type.split('/', 1)[0];
  return (
    <>
      <Facts
        of={[
          ['Size', `${sizeText(size)} (${size.toLocaleString()} bytes)`],
          ['Changed', <Time key="changed" of={modified} exact />],
        ]}
      />
      {kind === 'image' && <img src={url} alt={`The object ${key}`} />}
      {/* biome-ignore lint/a11y/useMediaCaption: an object can have no captions */}
      {kind === 'audio' && <audio src={url} controls />}
      {/* biome-ignore lint/a11y/useMediaCaption: the page of a job has the video with its captions */}
      {kind === 'video' && <video src={url} controls preload="metadata" />}
      {kind === 'text' && <Text url={url} size={size} />}
      {kind === 'application' && <p class="quiet">Files of this kind are not shown here.</p>}
      <div class="actions">
        <a class="button" href={`${url}&download=1`} download>
          Download
        </a>
      </div>
    </>
  );
}

/** Reads only the beginning of a long text. */
function Text({ url, size }: { url: string; size: number }) {
  const [text, setText] = useState<string>();
  const [problem, setProblem] = useState<Error>();
  useEffect(() => {
    if (size === 0) return setText('');
    const read = async () => {
      const response = await fetch(url, { headers: { range: `bytes=0-${most - 1}` } });
      if (!response.ok) throw new Error(`The object cannot be read: HTTP ${response.status}`);
      setText(await response.text());
    };
    read().catch(setProblem);
  }, [url, size]);
  if (problem) return <Problem error={problem} />;
  if (text === undefined) return <Loading />;
  return <Json text={text} label={size > most ? `The first ${sizeText(most)}` : 'Content'} />;
}
