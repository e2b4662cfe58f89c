import { useEffect, useRef, useState } from 'preact/hooks';
import { connectionNow, onConnection } from './live.ts';
import { Link, useLocation } from './navigation.tsx';
import { DropZone } from './parts/drop-zone.tsx';
import { NewsNotices } from './parts/news.tsx';
import { Notices } from './parts/notices.tsx';
import { Problems } from './parts/problems.tsx';
import { setTimeMode, timeModes, useTimeMode } from './time-mode.ts';
import { ExecutionView } from './views/execution.tsx';
import { ExecutionsView } from './views/executions.tsx';
import { FaultsView } from './views/faults.tsx';
import { FunctionView } from './views/function.tsx';
import { FunctionsView } from './views/functions.tsx';
import { InstancesView } from './views/instances.tsx';
import { JobView } from './views/job.tsx';
import { JobsView } from './views/jobs.tsx';
import { LibraryView } from './views/library.tsx';
import { LogsView } from './views/logs.tsx';
import { MessagesView } from './views/messages.tsx';
import { NowView } from './views/now.tsx';
import { QuotaView } from './views/quota.tsx';
import { TimeView } from './views/time.tsx';

const sections = [
  ['Now', '/'],
  ['Executions', '/executions'],
  ['Jobs', '/jobs'],
  ['Functions', '/functions'],
  ['Logs', '/logs'],
  ['Messages', '/messages'],
  ['Instances', '/instances'],
  ['Quota', '/quota'],
  ['Library', '/library'],
  ['Faults', '/faults'],
  ['Time', '/time'],
] as const;

export function App() {
  const { pathname, searchParams } = useLocation();
  const [, section = '', ...rest] = pathname.split('/').map(decodeURIComponent);
  const current = `/${section}`;
  const title = sections.find(([, path]) => path === current)?.[0] ?? 'Console';
  useEffect(() => {
    document.title = `${rest.at(-1) ?? title} · manga-pipeline`;
  }, [pathname]);
  const list = useRef<HTMLUListElement>(null);
  // On a narrow screen the list is a strip; scrolls the current section into view.
  useEffect(() => {
    const link = list.current?.querySelector<HTMLElement>('[aria-current]');
    if (list.current && link)
      list.current.scrollLeft = link.offsetLeft - (list.current.clientWidth - link.offsetWidth) / 2;
  }, [current]);
  return (
    <>
      <a class="skip" href="#content">
        Skip to content
      </a>
      <div class="layout">
        <nav aria-label="Sections">
          <p class="brand">
            manga-pipeline <small>local console</small>
          </p>
          <ul ref={list}>
            {sections.map(([name, path]) => (
              <li key={path}>
                <Link to={path} current={path === current}>
                  {name}
                </Link>
              </li>
            ))}
          </ul>
          <TimeSwitch />
          <ConnectionSign />
        </nav>
        <div id="content" tabIndex={-1}>
          <Problems />
          <View section={section} rest={rest} query={searchParams} />
        </div>
      </div>
      <DropZone />
      <NewsNotices />
      <Notices />
    </>
  );
}

function View({ section, rest, query }: { section: string; rest: string[]; query: URLSearchParams }) {
  const [first = '', second = ''] = rest;
  if (section === '') return <NowView />;
  if (section === 'executions' && second)
    return <ExecutionView key={`${first}/${second}`} machine={first} name={second} />;
  if (section === 'executions') return <ExecutionsView like={query.get('like') ?? undefined} />;
  if (section === 'jobs' && first) return <JobView key={first} id={first} />;
  if (section === 'jobs') return <JobsView />;
  if (section === 'functions' && first) return <FunctionView key={first} name={first} />;
  if (section === 'functions') return <FunctionsView />;
  if (section === 'logs') return <LogsView key={String(query)} query={query} />;
  if (section === 'messages') return <MessagesView />;
  if (section === 'instances') return <InstancesView />;
  if (section === 'quota') return <QuotaView />;
  if (section === 'faults') return <FaultsView />;
  if (section === 'time') return <TimeView />;
  if (section === 'library') return <LibraryView />;
  return (
    <main>
      <h1>There is nothing here</h1>
      <p>
        <Link to="/">Go to what is running now</Link>
      </p>
    </main>
  );
}

function TimeSwitch() {
  const mode = useTimeMode();
  return (
    <label class="times">
      Times
      <select
        value={mode}
        onChange={({ currentTarget }) => setTimeMode(timeModes[currentTarget.selectedIndex] ?? 'local')}
      >
        {timeModes.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
    </label>
  );
}

function ConnectionSign() {
  const [connection, setConnection] = useState(connectionNow);
  useEffect(() => {
    setConnection(connectionNow());
    return onConnection(setConnection);
  }, []);
  const words = { live: 'live', connecting: 'connecting…', lost: 'connection lost, trying again…' };
  return (
    <p class={`connection ${connection}`} role="status">
      <i aria-hidden="true" /> {words[connection]}
    </p>
  );
}
