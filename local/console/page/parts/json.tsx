/** Shows JSON with coloured names, texts and numbers; long texts are truncated until expanded. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { prettyJson } from '../format.ts';
import { attempt, say } from './notices.tsx';
import { scrollable } from './scrollable.ts';

/** Longer JSON is truncated, because a browser takes seconds to colour a megabyte. */
const most = 20_000;
const token = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

export function Json({ text, label }: { text: string; label: string }) {
  const [whole, setWhole] = useState(false);
  const pretty = prettyJson(text);
  const isLong = pretty.length > most;
  return (
    <figure class="json">
      <figcaption>
        {label}
        <CopyButton text={pretty} />
      </figcaption>
      <pre {...scrollable}>{isLong && whole ? pretty : coloured(pretty.slice(0, most))}</pre>
      {isLong && !whole && (
        <button type="button" class="plain" onClick={() => setWhole(true)}>
          Show all {Math.round(pretty.length / 1000)} KB
        </button>
      )}
    </figure>
  );
}

export function CopyButton({ text }: { text: string }) {
  const copy = () =>
    attempt(async () => {
      await navigator.clipboard.writeText(text);
      say('Copied.');
    });
  return (
    <button type="button" class="plain" onClick={copy}>
      Copy
    </button>
  );
}

export function coloured(text: string): ComponentChildren[] {
  const parts: ComponentChildren[] = [];
  let end = 0;
  for (const found of text.matchAll(token)) {
    const [all, string, colon] = found;
    if (found.index > end) parts.push(text.slice(end, found.index));
    if (string && colon) parts.push(<b>{string}</b>, colon);
    else parts.push(<span class={string ? 'string' : 'value'}>{all}</span>);
    end = found.index + all.length;
  }
  parts.push(text.slice(end));
  return parts;
}
