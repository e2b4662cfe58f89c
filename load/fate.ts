import { oneOf } from './random.ts';

/**
 * How it goes with a machine: it does its work; it is gone at its n-th step, 0 being before the first; it hangs without
 * a word; or EC2 takes it back while it works.
 */
export type Fate =
  | { kind: 'works' }
  | { kind: 'dies'; at: number }
  | { kind: 'hangs' }
  | { kind: 'taken back' };
export type Ill = Exclude<Fate['kind'], 'works'>;

export function fates(random: () => number, rate: number): () => Fate {
  return () => {
    if (random() >= rate) return { kind: 'works' };
    const kind = oneOf<Ill>(random, ['dies', 'dies', 'hangs', 'taken back']);
    return kind === 'dies' ? { kind, at: Math.floor(random() * 30) } : { kind };
  };
}
