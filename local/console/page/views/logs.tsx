import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Page } from '../../listing.ts';
import type { ShownJob } from '../../model/jobs.ts';
import { isWanted, type LogLine } from '../../model/logs.ts';
import { onLog } from '../live.ts';
import { goTo, jobPath, Link, requestLogsPath } from '../navigation.tsx';
import { Empty, Loading, Problem, Time } from '../parts/basics.tsx';
import { Json } from '../parts/json.tsx';
import { VirtualList } from '../parts/virtual-list.tsx';
import { useResource } from '../use-resource.ts';

const rowHeight = 24;
const most = 10_000;

export function LogsView({ query }: { query: URLSearchParams }) {
  const job = query.get('job') ?? '';
  const source = query.get('source') ?? '';
  const request = query.get('request') ?? '';
  const [words, setWords] = useState('');
  const [chosen, choose] = useState<LogLine>();
  const { value, error } = useResource<LogLine[]>(
    `/api/logs?${new URLSearchParams({ job, source, request })}`,
  );
  const { value: about } = useResource<{ functions: string[] }>('/api/about');
  const { value: jobs } = useResource<Page<ShownJob>>('/api/jobs', ['jobs']);
  const [live, setLive] = useState<LogLine[]>([]);
  useEffect(
    () =>
      onLog((lines) => {
        const fitting = lines.filter((line) => isWanted(line, { job, source, request }));
        if (fitting.length) setLive((all) => [...all, ...fitting].slice(-most));
      }),
    [job, source, request],
  );
  const lines = useMemo(() => {
    const stored = value ?? [];
    const last = stored.at(-1)?.id ?? 0;
    const all = [...stored, ...live.filter(({ id }) => id > last)];
    const wanted = words.toLowerCase();
    return wanted ? all.filter(({ text }) => text.toLowerCase().includes(wanted)) : all;
  }, [value, live, words]);
  const filterBy = (name: string, chosen: string) => {
    const next = new URLSearchParams(query);
    if (chosen) next.set(name, chosen);
    else next.delete(name);
    goTo(`/logs${next.size ? `?${next}` : ''}`, { replace: true });
  };
  const others = [
    'renderer',
    'uploader',
    'states',
    'ec2',
    'events',
    'cloud',
    'reload',
    'chaos',
    'clock',
    'dev',
  ];
  const sources = [...(about?.functions ?? []), ...others];
  const jobIds = [...new Set([...(job ? [job] : []), ...(jobs?.rows ?? []).map(({ job_id }) => job_id)])];
  return (
    <main>
      <header class="head">
        <h1>Logs</h1>
        <div class="filters">
          <label>
            From
            <select value={source} onChange={(event) => filterBy('source', event.currentTarget.value)}>
              <option value="">everything</option>
              {sources.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
          <label>
            Job
            <select value={job} onChange={(event) => filterBy('job', event.currentTarget.value)}>
              <option value="">all</option>
              {jobIds.map((id) => (
                <option key={id}>{id}</option>
              ))}
            </select>
          </label>
          <label>
            Containing
            <input type="search" value={words} onInput={(event) => setWords(event.currentTarget.value)} />
          </label>
        </div>
      </header>
      {job && (
        <p>
          Lines of <Link to={jobPath(job)}>{job}</Link>
        </p>
      )}
      {request && (
        <p>
          Lines of the request <code>{request}</code>. <Link to="/logs">All lines</Link>
        </p>
      )}
      {error && <Problem error={error} />}
      {!value && !error && <Loading />}
      {value && lines.length === 0 && (
        <Empty
          title={
            words || job || source || request
              ? 'No line matches.'
              : 'Nothing has been logged since the cloud started.'
          }
        />
      )}
      {lines.length > 0 && (
        <VirtualList
          count={lines.length}
          rowHeight={rowHeight}
          label="Log lines"
          maxHeight={720}
          followEnd
          row={(index) => {
            const line = lines[index];
            return (
              line && <Line key={line.id} line={line} isChosen={line.id === chosen?.id} onChoose={choose} />
            );
          }}
        />
      )}
      {chosen && <Chosen line={chosen} />}
    </main>
  );
}

interface LineProps {
  line: LogLine;
  isChosen: boolean;
  onChoose(line: LogLine): void;
}

function Line({ line, isChosen, onChoose }: LineProps) {
  const { time, source, requestId, text } = line;
  return (
    <button
      type="button"
      class="log"
      style={{ height: `${rowHeight}px` }}
      aria-pressed={isChosen}
      onClick={() => onChoose(line)}
    >
      <Time of={time} exact />
      <span class="log-source">{source}</span>
      <span class="log-request">{requestId?.slice(0, 8)}</span>
      <span class="log-text">{text}</span>
    </button>
  );
}

/** Shows the whole of a line, which can be wider than the screen, with links to related lines. */
function Chosen({ line: { time, source, requestId, job, text } }: { line: LogLine }) {
  return (
    <section class="panel" aria-label="The chosen line">
      <p class="line">
        <Time of={time} exact />
        <code>{source}</code>
        {requestId && <Link to={requestLogsPath(requestId)}>Request {requestId.slice(0, 8)}</Link>}
        {job && <Link to={jobPath(job)}>{job}</Link>}
      </p>
      <Json text={text} label="Text" />
    </section>
  );
}
