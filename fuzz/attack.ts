/** The process of one attack: reads input after input, and tells its parent which one it is at. */
import type { Aim, Finding } from './target.ts';
import type { targets } from './targets/index.ts';

/** What the parent is told: the input that is read next, and at last what was found. */
export type Message = { run: number } | { finding?: Finding };

export interface Attack extends Aim {
  /** The module that has the parsers, and which of them. */
  targets: string;
  parser: string;
  /** Where this process may write; nowhere else. */
  folder: string;
}

const attack = JSON.parse(process.argv[2] ?? '{}') as Attack;
const { parser, runs, seed, folder, path } = attack;
const module = (await import(attack.targets)) as { targets: typeof targets };
const make = module.targets(folder)[parser];
if (!make) throw new Error(`there is no parser ${parser}`);
let run = 0;
const target = await make();
const finding = await target.attack({ runs, seed, ...(path !== undefined && { path }) }, () => {
  process.send?.({ run: run++ });
});
process.exitCode = finding ? 1 : 0;
process.send?.({ finding }, undefined, undefined, () => process.disconnect?.());
