import * as z from 'zod';

const listTitles = 'list the ids of the titles to publish';
const stateRights = 'state your rights to these titles: from whom, for what, since when';
const giveContact = 'give an e-mail or a web address at which MangaDex can reach you';

/** Settings that the operator gives before anything is fetched from MangaDex. */
export const mangadexNeeds = {
  /** Ids of the titles to publish, in this order; no other title is read. */
  titles: z
    .array(z.guid('must be the id of mangadex.org, like 0aea9f43-d4a9-4bf7-bebc-550a512f9b95'), listTitles)
    .min(1, listTitles),
  /** The operator's statement of the rights to these titles; the description of each video shows it. */
  rightsStatement: z.string(stateRights).trim().min(20, stateRights),
  /** E-mail or web address in the User-Agent; MangaDex requires one that is not spoofed. */
  contact: z
    .string(giveContact)
    .trim()
    .regex(/^[\x21-\x7e]+[@./][\x21-\x7e]+$/, giveContact),
};

type Given = Readonly<Record<'mangadexTitles' | 'mangadexRights' | 'mangadexContact', unknown>>;

/** Returns what MangaDex needs and the settings do not give. */
export function missingForMangaDex(given: Given): { name: keyof Given; message: string }[] {
  const needs: Record<keyof Given, z.ZodType> = {
    mangadexTitles: mangadexNeeds.titles,
    mangadexRights: mangadexNeeds.rightsStatement,
    mangadexContact: mangadexNeeds.contact,
  };
  return (Object.keys(needs) as (keyof Given)[]).flatMap((name) => {
    const [issue] = needs[name].safeParse(given[name]).error?.issues ?? [];
    return issue ? [{ name, message: `chapterSource mangadex needs it: ${issue.message}` }] : [];
  });
}
