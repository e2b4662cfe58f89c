import { channelOf } from '../../domain/channel.ts';
import { UploadError } from '../../domain/errors.ts';
import type { LedgerEntry } from '../../domain/ledger-entry.ts';
import { type Blocklist, mergeBlocklists, parseBlocklist } from '../../providers/chapters/blocklist.ts';
import type { Takedown } from '../../providers/chapters/mangadex/takedown.ts';
import type { Forgotten } from './forget.ts';

export interface TakedownPorts {
  readBlocklist(): Promise<unknown>;
  writeBlocklist(blocklist: Blocklist): Promise<void>;
  /** Finds the chapters that a blocklist matches. */
  takedownOf(blocklist: Blocklist): Promise<Takedown>;
  chapters(): AsyncIterable<LedgerEntry>;
  /** Takes the chapter from its job; false when it has changed in the meantime. */
  block(entry: LedgerEntry, reason: string, takenDown: readonly string[]): Promise<boolean>;
  /** Takes a published video of a channel down; false when it no longer exists at its address. */
  unpublish(url: string, channel: string): Promise<boolean>;
  /** Deletes what is stored of chapters; without `act` it counts. */
  forget(isGone: (chapterId: string) => boolean, act: boolean): Promise<Forgotten>;
  say(line: string): void;
}

const once = <T>(values: readonly T[]) => [...new Set(values)];

/** Merges two lists, each entry once. */
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
 * Adds to the blocklist, and takes down what it matches. Without `act` it only reports what would happen. The list comes
 * first, so that nothing new starts; then the videos and the jobs; finally what is stored of the work. Each step can be repeated. A video that can't be taken down,
 * such as one of a channel that YouTube refuses, does not keep the others online: it is named, and the end is an UploadError.
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
    ports.say(`${id}: MangaDex no longer has it; block the chapter by its title and number`);

  const down = new Set<string>();
  const online = new Set<string>();
  let affected = 0;
  for await (const entry of ports.chapters()) {
    const reason = reasonFor(entry.chapter_id);
    if (reason === undefined) continue;
    const taken = entry.taken_down ?? [];
    const urls = [entry.youtube_url, entry.short_url].filter(
      (url): url is string => url !== undefined && !taken.includes(url),
    );
    // A blocked chapter can have got an address since: its upload was in flight.
    if (entry.status === 'blocked' && urls.length === 0) continue;
    affected += 1;
    if (!act) {
      ports.say(
        `${entry.chapter_id}: ${reason}; ${urls.length > 0 ? `published at ${urls.join(' and ')}` : `${entry.status} by ${entry.job_id}`}`,
      );
      continue;
    }
    for (const url of urls.filter((one) => !down.has(one) && !online.has(one))) {
      try {
        const found = await ports.unpublish(url, channelOf(entry));
        down.add(url);
        ports.say(`${entry.chapter_id}: ${found ? 'taken down' : 'nothing found'} at ${url}`);
      } catch (error) {
        online.add(url);
        const why = error instanceof Error ? error.message : String(error);
        ports.say(`${entry.chapter_id}: still online at ${url}: ${why}`);
      }
    }
    if (!(await ports.block(entry, reason, [...taken, ...urls.filter((url) => down.has(url))])))
      ports.say(`${entry.chapter_id}: has just changed; run this again`);
    else if (entry.status === 'held')
      ports.say(
        `${entry.chapter_id}: ${entry.job_id} can no longer be approved; if its video has further chapters, make review JOB=${entry.job_id} RETRY='why' releases them`,
      );
    else if (entry.status === 'claimed')
      ports.say(
        `${entry.chapter_id}: ${entry.job_id} can no longer publish it; if its upload had started, run this again when it has ended`,
      );
  }
  const { objects, records, notes, busy, unreadable } = await ports.forget(
    // Also what has no item in the table of chapters, such as one that was released by hand.
    (chapterId) => reasonFor(chapterId) !== undefined,
    act,
  );
  const kept = objects + records + notes;
  if (kept > 0)
    ports.say(
      `${act ? 'deleted' : 'would delete'}: ${objects} objects in the bucket, and what ${records} job records quote${notes > 0 ? `; approvals of notes that no longer count: ${notes}` : ''}`,
    );
  for (const job of busy)
    ports.say(`${job} still works on it: run this again when it has ended, to delete what it stored`);
  for (const problem of unreadable) ports.say(`${problem}: delete it by hand if it quotes a title`);
  if (affected + kept === 0) ports.say('none of it is published, in progress or stored');
  else if (!act) ports.say('nothing was changed; add YES=1 to do it');
  if (online.size > 0)
    throw new UploadError(
      `Still online: ${[...online].join(', ')}. Do what the lines above say, then run this again`,
    );
}
