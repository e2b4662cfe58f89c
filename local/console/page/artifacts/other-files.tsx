/** Artifacts without a view: JSON is shown, other files can be downloaded. */
import { useState } from 'preact/hooks';
import { sizeText } from '../format.ts';
import { Json } from '../parts/json.tsx';
import { useResource } from '../use-resource.ts';
import { type ArtifactProps, artifactUrl, publishedUrl } from './artifact.ts';

export function OtherFiles({ job, artifacts, published }: ArtifactProps) {
  const files = [
    ...artifacts.map((artifact) => ({ ...artifact, url: artifactUrl(job, artifact) })),
    ...published.map((artifact) => ({ ...artifact, url: publishedUrl(job, artifact) })),
  ];
  return (
    <ul class="plain-list files">
      {files.map(({ path, size, url }) => (
        <li key={url}>
          {path.endsWith('.json') ? (
            <JsonFile path={path} url={url} />
          ) : (
            <a href={url} download>
              {path}
            </a>
          )}
          <span class="quiet number">{sizeText(size)}</span>
        </li>
      ))}
    </ul>
  );
}

function JsonFile({ path, url }: { path: string; url: string }) {
  const [open, setOpen] = useState(false);
  const { value } = useResource<unknown>(open ? url : undefined);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{path}</summary>
      {value !== undefined && <Json text={JSON.stringify(value)} label={path} />}
    </details>
  );
}
