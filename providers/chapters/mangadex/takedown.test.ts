import { ChapterUnreadable } from '../../../domain/errors.ts';
import { parseBlocklist } from '../blocklist.ts';
import type { Release } from './responses.ts';
import { takedownOf } from './takedown.ts';

const titleId = '11111111-1111-4111-8111-111111111111';
const otherTitle = '11111111-1111-4111-8111-999999999999';
const groupId = '33333333-3333-4333-8333-333333333333';
const uploadId = (n: number) => `22222222-2222-4222-8222-${String(n).padStart(12, '0')}`;

const release = (n: number, group?: string): Release => ({
  id: uploadId(n),
  attributes: {
    volume: null,
    chapter: String(n),
    title: null,
    translatedLanguage: 'vi',
    externalUrl: null,
    isUnavailable: false,
    pages: 1,
    publishAt: '2024-01-01T00:00:00Z',
  },
  relationships: [
    { id: titleId, type: 'manga' },
    ...(group ? [{ id: group, type: 'scanlation_group', attributes: { name: 'Nhóm Mèo' } }] : []),
  ],
});
const api = {
  chapter: async (id: string) => {
    if (id !== uploadId(1)) throw new ChapterUnreadable(`MangaDex has no ${id}`);
    return release(1);
  },
  feed: async (title: string) => (title === titleId ? [release(1), release(2, groupId), release(3)] : []),
};
const affected = async (blocked: unknown) => {
  const { reasonFor, unknown } = await takedownOf(parseBlocklist(blocked), [titleId], api);
  const ids = [1, 2, 3].map((number) => `mangadex/${titleId}/${number}`);
  return { reasons: [...ids, `mangadex/${otherTitle}/1`, 'series/ch 1'].map(reasonFor), unknown };
};

test('a title blocks all its chapters', async () => {
  const { reasons } = await affected({ titles: [otherTitle] });
  expect(reasons).toEqual([undefined, undefined, undefined, 'the title is blocked', undefined]);
});

test('a group blocks the chapters that it uploaded', async () => {
  const { reasons } = await affected({ groups: [groupId] });
  expect(reasons[1]).toBe('the group Nhóm Mèo is blocked');
  expect(reasons.filter(Boolean)).toHaveLength(1);
});

test('an upload blocks its chapter; one that MangaDex removed is reported as unknown', async () => {
  const { reasons, unknown } = await affected({
    chapters: [uploadId(1), uploadId(9), `mangadex/${titleId}/3`],
  });
  expect(reasons).toEqual([
    `its upload ${uploadId(1)} is blocked`,
    undefined,
    'the chapter is blocked',
    undefined,
    undefined,
  ]);
  expect(unknown).toEqual([uploadId(9)]);
});

test('a path of the library blocks its chapter, or all chapters in its folder', async () => {
  expect((await affected({ library: ['series'] })).reasons[4]).toBe('its path in the library is blocked');
  expect((await affected({ library: ['series/ch 1'] })).reasons[4]).toBe(
    'its path in the library is blocked',
  );
  expect((await affected({ library: ['series/ch', 'serie'] })).reasons[4]).toBeUndefined();
});

test('a broken blocklist throws, which blocks everything', () => {
  expect(() => parseBlocklist({ chapters: ['one'] })).toThrow(/The blocklist can't be used: chapters\.0/);
  expect(() => parseBlocklist({ tittles: [] })).toThrow(/titles, groups and chapters/);
  expect(() => parseBlocklist('')).toThrow(/can't be used/);
  expect(parseBlocklist(undefined)).toEqual({ titles: [], groups: [], chapters: [], library: [] });
});
