/** Reports events of the cloud: reloaded code, faults, clock changes. */
import { useEffect } from 'preact/hooks';
import { type News, onNews } from '../live.ts';
import { say } from './notices.tsx';

export function NewsNotices() {
  useEffect(
    () =>
      onNews((news) => {
        const latest = news.at(-1);
        if (latest) say(textOf(latest));
      }),
    [],
  );
  return null;
}

function textOf(news: News): string {
  if (news.type === 'clock') return `The clock shows ${news.data.now}, at ${news.data.speed}× speed.`;
  if (news.type === 'fault')
    return `Fault ${news.data.phase}: ${news.data.fault}${news.data.target ? ` (${news.data.target})` : ''}.`;
  const { what, functions, milliseconds } = news.data;
  const whose = functions.length
    ? ` of ${functions.slice(0, 4).join(', ')}${functions.length > 4 ? '…' : ''}`
    : '';
  return `New ${what}${whose}, after ${Math.round(milliseconds)} ms.`;
}
