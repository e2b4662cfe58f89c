/** The process of one attack: reads input after input and reports each to its parent. */
import type { Aim, Finding } from './target.ts';
import type { targets } from './targets/index.ts';

/** Messages to the parent: the number of the next input, and finally the finding. */
export type Message = { run: number } | { finding?: Finding };

export interface Attack extends Aim {
  /** The module of the parsers, and the name of the one to attack. */
  targets: string;
  parser: string;
  /** The only folder that this process can write to. */
  folder: string;
}

const attack = JSON.parse(process.argv[2] ?? '{}') as Attack;
const { parser, runs, seed, folder, path } = attack;
const module = (await import(attack.targets)) as { targets: typeof targets };
const make = module.targets(folder)[parser];
if (!make) throw new Error(`unknown parser ${parser}`);
let run = 0;
const target = await make();
const finding = await target.attack({ runs, seed, ...(path !== undefined && { path }) }, () => {
  process.send?.({ run: run++ });
});
process.exitCode = finding ? 1 : 0;
process.send?.({ finding }, undefined, undefined, () => process.disconnect?.());
