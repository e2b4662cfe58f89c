/** Addresses and links of the page, with the browser's history. */
import type { ComponentChildren, TargetedMouseEvent } from 'preact';
import { createListeners, useOutside } from './listeners.ts';

const moved = createListeners();
addEventListener('popstate', () => moved.tell());

export function goTo(path: string, { replace = false } = {}): void {
  history[replace ? 'replaceState' : 'pushState'](null, '', path);
  moved.tell();
  if (!replace) scrollTo(0, 0);
}

/** Returns the current address. */
export const useLocation = (): URL => new URL(useOutside(moved.subscribe, () => location.href));

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

export const showJob = (job: string) => <Link to={jobPath(job)}>{job}</Link>;

/** Returns the path of an execution's page from its ARN. */
export function pathOfArn(arn: string): string {
  const [machine = '', name = ''] = arn.split(':').slice(-2);
  return executionPath({ machine, name });
}
