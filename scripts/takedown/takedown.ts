import type { LedgerEntry } from '../../aws/chapter-ledger.ts';
import { type Blocklist, mergeBlocklists, parseBlocklist } from '../../providers/chapters/blocklist.ts';
import type { Takedown } from '../../providers/chapters/mangadex/takedown.ts';

export interface TakedownPorts {
  readBlocklist(): Promise<unknown>;
  writeBlocklist(blocklist: Blocklist): Promise<void>;
  /** Which chapters a blocklist means. */
  takedownOf(blocklist: Blocklist): Promise<Takedown>;
  chapters(): AsyncIterable<LedgerEntry>;
  /** Takes the chapter from its job; false when it changed since it was seen. */
  block(entry: LedgerEntry, reason: string): Promise<boolean>;
  /** Takes a published video from its viewers; false when there is none at the address any more. */
  unpublish(url: string): Promise<boolean>;
  say(line: string): void;
}

const once = <T>(values: readonly T[]) => [...new Set(values)];

/** Both lists, each entry once. */
function added(known: Blocklist, more: Blocklist): Blocklist {
  const { titles, groups, chapters, library } = mergeBlocklists(known, more);
  return {
    titles: once(titles),
    groups: once(groups),
    chapters: once(chapters),
    library: once(library),
  };
}

/**
 * Adds to the blocklist, and takes back what of it is published or on its way. Without `act` it says what would
 * happen. First the list, so that nothing more begins; then the jobs; at last the viewers. Each step may be repeated.
 */
export async function takeDown(more: unknown, act: boolean, ports: TakedownPorts): Promise<void> {
  const known = parseBlocklist(await ports.readBlocklist());
  const blocklist = added(known, parseBlocklist(more));
  const size = (list: Blocklist) => Object.values(list).reduce((sum, ids) => sum + ids.length, 0);
  const grown = size(blocklist) - size(known);
  const { reasonFor, unknown } = await ports.takedownOf(blocklist);
  if (act && grown > 0) await ports.writeBlocklist(blocklist);
  ports.say(`the blocklist has ${size(blocklist)} entries${grown > 0 ? `, ${grown} of them new` : ''}`);
  for (const id of unknown)
    ports.say(`${id}: MangaDex does not know it any more; block the chapter by its title and number`);

  const down = new Set<string>();
  let affected = 0;
  for await (const entry of ports.chapters()) {
    const reason = entry.status === 'blocked' ? undefined : reasonFor(entry.chapter_id);
    if (reason === undefined) continue;
    affected += 1;
    const url = entry.status === 'published' ? entry.youtube_url : undefined;
    if (!act) {
      ports.say(
        `${entry.chapter_id}: ${reason}; ${url ? `published at ${url}` : `${entry.status} by ${entry.job_id}`}`,
      );
      continue;
    }
    if (url && !down.has(url)) {
      const found = await ports.unpublish(url);
      down.add(url);
      ports.say(`${entry.chapter_id}: ${found ? 'taken down' : 'nothing is left'} at ${url}`);
    }
    if (!(await ports.block(entry, reason)))
      ports.say(`${entry.chapter_id}: changed a moment ago; run this once more`);
    else if (entry.status === 'claimed')
      ports.say(
        `${entry.chapter_id}: ${entry.job_id} can't publish it any more; had its upload begun already, run this again when it has ended`,
      );
  }
  if (affected === 0) ports.say('nothing of it is published or on its way');
  else if (!act) ports.say('nothing was changed; add YES=1 to do it');
}
