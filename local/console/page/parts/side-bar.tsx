/** The sections of the console, the choice of how times are shown, and whether the page is connected. */
import { useEffect, useRef } from 'preact/hooks';
import { useConnection } from '../live.ts';
import { Link } from '../navigation.tsx';
import { setTimeMode, timeModes, useTimeMode } from '../time-mode.ts';

export const sections = [
  ['Now', '/'],
  ['Executions', '/executions'],
  ['Jobs', '/jobs'],
  ['Functions', '/functions'],
  ['Logs', '/logs'],
  ['Messages', '/messages'],
  ['Instances', '/instances'],
  ['Quota', '/quota'],
  ['Library', '/library'],
  ['Series', '/series'],
  ['Tables', '/tables'],
  ['Bucket', '/bucket'],
  ['Faults', '/faults'],
  ['Time', '/time'],
] as const;

export function SideBar({ current }: { current: string }) {
  const list = useRef<HTMLUListElement>(null);
  // On a narrow screen the list is a strip; scrolls the current section into view.
  useEffect(() => {
    const link = list.current?.querySelector<HTMLElement>('[aria-current]');
    if (list.current && link)
      list.current.scrollLeft = link.offsetLeft - (list.current.clientWidth - link.offsetWidth) / 2;
  }, [current]);
  return (
    <nav class="side" aria-label="Sections">
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
  const connection = useConnection();
  const words = { live: 'live', connecting: 'connecting…', lost: 'connection lost, trying again…' };
  return (
    <p class={`connection ${connection}`} role="status">
      <i aria-hidden="true" /> {words[connection]}
    </p>
  );
}
