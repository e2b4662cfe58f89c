import { useEffect } from 'preact/hooks';
import { Link, useLocation } from './navigation.tsx';
import { DropZone } from './parts/drop-zone.tsx';
import { NewsNotices } from './parts/news.tsx';
import { Notices } from './parts/notices.tsx';
import { Problems } from './parts/problems.tsx';
import { SideBar, sections } from './parts/side-bar.tsx';
import { BucketView } from './views/bucket.tsx';
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
import { SeriesListView, SeriesView } from './views/series.tsx';
import { ItemsView, TablesView } from './views/tables.tsx';
import { TimeView } from './views/time.tsx';

export function App() {
  const { pathname, searchParams } = useLocation();
  const [, section = '', ...rest] = pathname.split('/').map(decodeURIComponent);
  const current = `/${section}`;
  const title = sections.find(([, path]) => path === current)?.[0] ?? 'Console';
  useEffect(() => {
    document.title = `${rest.at(-1) ?? title} · manga-pipeline`;
  }, [pathname]);
  return (
    <>
      <a class="skip" href="#content">
        Skip to content
      </a>
      <div class="layout">
        <SideBar current={current} />
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
  if (section === 'executions' && !first) return <ExecutionsView like={query.get('like') ?? undefined} />;
  if (section === 'jobs' && first) return <JobView key={first} id={first} />;
  if (section === 'jobs') return <JobsView />;
  if (section === 'functions' && first) return <FunctionView key={first} name={first} />;
  if (section === 'functions') return <FunctionsView />;
  if (section === 'logs') return <LogsView />;
  if (section === 'messages') return <MessagesView />;
  if (section === 'instances') return <InstancesView />;
  if (section === 'quota') return <QuotaView />;
  if (section === 'faults') return <FaultsView />;
  if (section === 'time') return <TimeView />;
  if (section === 'library') return <LibraryView />;
  if (section === 'series' && first) return <SeriesView key={first} id={first} />;
  if (section === 'series') return <SeriesListView />;
  if (section === 'tables' && first) return <ItemsView key={first} table={first} />;
  if (section === 'tables') return <TablesView />;
  if (section === 'bucket') return <BucketView />;
  return (
    <main>
      <h1>There is nothing here</h1>
      <p>
        <Link to="/">Go to what is running now</Link>
      </p>
    </main>
  );
}
