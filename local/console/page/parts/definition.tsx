/** The state machine's definition, linked with its drawing. */
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { ShownDefinition } from '../../model/definition.ts';
import { type DefinitionLine, definitionLines } from '../definition-lines.ts';
import { useResource } from '../use-resource.ts';
import { Loading, Problem } from './basics.tsx';
import { CopyButton, coloured } from './json.tsx';
import { scrollable } from './scrollable.ts';

interface Props {
  arn: string;
  selected: string | undefined;
  onSelect(state: string): void;
}

/** A larger one is shown without colours, because a browser takes seconds to colour a megabyte. */
const mostColoured = 300_000;

export function Definition({ arn, selected, onSelect }: Props) {
  const { value, error } = useResource<ShownDefinition>(
    `/api/execution/definition?arn=${encodeURIComponent(arn)}`,
    [`execution:${arn}`],
  );
  const frame = useRef<HTMLElement>(null);
  const lines = useMemo(() => (value ? definitionLines(value.definition) : []), [value?.definition]);
  useEffect(() => {
    const line = selected && frame.current?.querySelector(`[data-begins="${CSS.escape(selected)}"]`);
    if (!line || !frame.current) return;
    frame.current.scrollTop +=
      line.getBoundingClientRect().top - frame.current.getBoundingClientRect().top - 24;
  }, [selected, lines]);
  if (error) return <Problem error={error} />;
  if (!value) return <Loading />;
  const text = lines.map((line) => line.text).join('\n');
  const isColoured = text.length <= mostColoured;
  return (
    <figure class="json definition">
      <figcaption>
        {value.origin}
        {!value.current && ' The state machine has changed since: this execution keeps what it started with.'}
        <CopyButton text={text} />
      </figcaption>
      <section ref={frame} {...scrollable} aria-label="Definition of the state machine">
        <pre>
          {lines.map((line, index) => (
            <Line
              key={index}
              line={line}
              isSelected={selected !== undefined && line.within === selected}
              isColoured={isColoured}
              onSelect={onSelect}
            />
          ))}
        </pre>
      </section>
    </figure>
  );
}

interface LineProps {
  line: DefinitionLine;
  isSelected: boolean;
  isColoured: boolean;
  onSelect(state: string): void;
}

function Line({ line: { text, begins, leadsTo }, isSelected, isColoured, onSelect }: LineProps) {
  const name = begins ?? leadsTo;
  const quoted = name === undefined ? '' : JSON.stringify(name);
  const at = begins === undefined ? text.lastIndexOf(quoted) : text.indexOf(quoted);
  const shown = (part: string) => (isColoured ? coloured(part) : part);
  return (
    <span class={isSelected ? 'line-of-state' : ''} data-begins={begins}>
      {name === undefined ? (
        shown(text)
      ) : (
        <>
          {shown(text.slice(0, at))}
          <button type="button" class="plain" onClick={() => onSelect(name)}>
            {quoted}
          </button>
          {shown(text.slice(at + quoted.length))}
        </>
      )}
    </span>
  );
}
