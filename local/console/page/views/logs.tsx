/** The log of everything that runs, with new lines as they are written. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { choicesOf, filterOf, ordered, orderOf, type Page } from '../../listing.ts';
import { type LogLine, type LogPage, logListing } from '../../model/logs.ts';
import { cloudNow } from '../cloud-clock.ts';
import { countText } from '../format.ts';
import { onLog } from '../live.ts';
import { jobPath, Link, requestLogsPath } from '../navigation.tsx';
import { Empty, Loading, Problem, Time } from '../parts/basics.tsx';
import { Export } from '../parts/export.tsx';
import { FilterBar } from '../parts/filter-bar.tsx';
import { Json } from '../parts/json.tsx';
import { type Column, LongTable } from '../parts/table.tsx';
import { useQuery } from '../use-query.ts';
import { useResource } from '../use-resource.ts';

/** Number of live lines that are kept. */
const most = 10_000;
/** Longer lines are shortened in the list; the chosen line is shown in full. */
const shortened = 500;

const titles = { source: 'From', level: 'Level', job: 'Job', request: 'Request' };

export function LogsView() {
  const [query] = useQuery();
  const [open, setOpen] = useState<LogLine>();
  const { value, error } = useResource<LogPage>(`/api/logs?${query}`);
  const live = useLiveLines();
  const columns = useMemo(() => columnsOf(setOpen), []);
  const shown = useMemo(() => value && withLive(value, live, query), [value, live, query]);
  return (
    <main>
      <h1>Logs</h1>
      {error && <Problem error={error} />}
      {!shown && !error && <Loading />}
      {shown?.total === 0 && <Empty title="Nothing has been logged since the cloud started." />}
      {shown && shown.total > 0 && (
        <FilterBar what="lines" of={shown} titles={titles}>
          <Export path="/api/logs" query={query} />
        </FilterBar>
      )}
      {shown && shown.rows.length < shown.matching && (
        <p class="quiet">
          {countText(shown.rows.length, 'line')} of {shown.matching.toLocaleString()} are shown; the export
          has all.
        </p>
      )}
      {shown && shown.rows.length > 0 && (
        <LongTable
          label="Log lines"
          class="logs"
          columns={columns}
          rows={shown.rows}
          keyOf={({ id }) => String(id)}
          sortable
          maxHeight={720}
          rowHeight={29}
          followEnd
          open={String(open?.id)}
          onOpen={(line: LogLine) => setOpen(line)}
          kind={({ level }) => (level === 'error' || level === 'warn' ? `log ${level}` : 'log')}
        />
      )}
      {open && <Opened line={open} />}
    </main>
  );
}

/** Returns the lines that were written since the page was opened. */
function useLiveLines(): LogLine[] {
  const [live, setLive] = useState<LogLine[]>([]);
  useEffect(() => onLog((lines) => setLive((all) => [...all, ...lines].slice(-most))), []);
  return live;
}

/** Adds the lines that were written after a page was fetched. */
function withLive(page: LogPage, live: readonly LogLine[], query: URLSearchParams): Page<LogLine> {
  const newer = live.filter(({ id }) => id > page.last);
  if (newer.length === 0) return page;
  const matching = newer.filter(filterOf(logListing, query, cloudNow()));
  const choices = choicesOf(newer, logListing);
  const names = Object.keys({ ...page.choices, ...choices });
  const { fields } = logListing;
  return {
    ...page,
    rows: [...ordered([...page.rows, ...matching], fields, orderOf(query, fields))],
    matching: page.matching + matching.length,
    total: page.total + newer.length,
    choices: Object.fromEntries(names.map((name) => [name, added(page.choices[name], choices[name])])),
  };
}

function added(one: Record<string, number> = {}, other: Record<string, number> = {}): Record<string, number> {
  const sum = { ...one };
  for (const [value, count] of Object.entries(other)) sum[value] = (sum[value] ?? 0) + count;
  return sum;
}

const columnsOf = (onOpen: (line: LogLine) => void): readonly Column<LogLine>[] => [
  { title: 'Time', by: 'time', width: '8.8rem', cell: ({ time }) => <Time of={time} exact /> },
  {
    title: 'From',
    by: 'source',
    width: '12rem',
    cell: ({ source }) => <span class="log-source">{source}</span>,
  },
  { title: 'Level', by: 'level', width: '5rem', cell: ({ level }) => level },
  { title: 'Request', by: 'request', width: '6.5rem', cell: ({ requestId }) => requestId?.slice(0, 8) },
  {
    title: 'Text',
    cell: (line) => (
      <button type="button" class="open" onClick={() => onOpen(line)}>
        {line.text.slice(0, shortened)}
        {line.text.length > shortened && (
          <span class="quiet"> … and {countText(line.text.length - shortened, 'more character')}</span>
        )}
      </button>
    ),
  },
];

/** Shows the whole of a line with links to related lines. */
function Opened({ line: { time, source, requestId, job, text } }: { line: LogLine }) {
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
