import { oneOf } from './random.ts';

/**
 * The fate of a machine: it finishes its work; it dies at its n-th step (0 is before the first); it hangs without a
 * response; or EC2 interrupts it while it works.
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
