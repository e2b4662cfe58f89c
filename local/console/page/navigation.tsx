/** Addresses and links of the page, with the browser's history. */
import type { ComponentChildren, TargetedMouseEvent } from 'preact';
import { useEffect, useState } from 'preact/hooks';

const moved = new EventTarget();

export function goTo(path: string, { replace = false } = {}): void {
  history[replace ? 'replaceState' : 'pushState'](null, '', path);
  moved.dispatchEvent(new Event('moved'));
  if (!replace) scrollTo(0, 0);
}

export function useLocation(): URL {
  const [url, setUrl] = useState(() => new URL(location.href));
  useEffect(() => {
    const update = () => setUrl(new URL(location.href));
    moved.addEventListener('moved', update);
    addEventListener('popstate', update);
    return () => {
      moved.removeEventListener('moved', update);
      removeEventListener('popstate', update);
    };
  }, []);
  return url;
}

interface LinkProps {
  to: string;
  class?: string;
  current?: boolean;
  children: ComponentChildren;
}

export function Link({ to, current, children, ...rest }: LinkProps) {
  const onClick = (event: TargetedMouseEvent<HTMLAnchorElement>) => {
    // The browser handles clicks that open a new tab.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    goTo(to);
  };
  return (
    <a href={to} onClick={onClick} aria-current={current ? 'page' : undefined} {...rest}>
      {children}
    </a>
  );
}

export const executionPath = ({ machine, name }: { machine: string; name: string }) =>
  `/executions/${encodeURIComponent(machine)}/${encodeURIComponent(name)}`;
export const functionPath = (name: string) => `/functions/${encodeURIComponent(name)}`;
export const requestLogsPath = (requestId: string) => `/logs?request=${encodeURIComponent(requestId)}`;
export const jobPath = (job: string) => `/jobs/${encodeURIComponent(job)}`;

/** Returns the path of an execution's page from its ARN. */
export function pathOfArn(arn: string): string {
  const [machine = '', name = ''] = arn.split(':').slice(-2);
  return executionPath({ machine, name });
}
