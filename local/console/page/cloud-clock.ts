/** The cloud's time, which can run faster than the browser's. */
import { read } from './api.ts';
import { onNews } from './live.ts';

let shown = Date.now();
let at = Date.now();
let speed = 1;

export const cloudNow = (): number => shown + (Date.now() - at) * speed;
export const cloudSpeed = (): number => speed;

function set(now: number, nowSpeed: number): void {
  shown = now;
  at = Date.now();
  speed = nowSpeed;
}

/** Fetches the time once and then follows its changes. */
export function followClock(): void {
  void read<{ now: number; speed: number }>('/api/about').then((about) => set(about.now, about.speed));
  onNews((news) => {
    for (const { type, data } of news) if (type === 'clock') set(Date.parse(data.now), data.speed);
  });
}
