import { parseConfig } from './index.ts';

const stage = { publisher: 'youtube', youtubeUploadsPerDay: 10, dailyQuota: 3 } as const;
const parse = (given: object) => parseConfig({ ...stage, ...given });

test('the Shorts of the first channel fit into its uploads', () => {
  expect(parse({ shorts: true, dailyQuota: 4 })).toMatchObject({ shorts: true });
  expect(() => parse({ shorts: true, dailyQuota: 5 })).toThrow(
    'shorts (SHORTS): a video and its Short are two uploads, and one is kept for the next video: dailyQuota 5 needs 11 of the 10 that youtubeUploadsPerDay allows',
  );
  expect(parse({ shorts: true, dailyQuota: 5, publisher: 'folder' })).toMatchObject({ dailyQuota: 5 });
});

test('so do those of each other channel, which has the settings of the stage where it names none', () => {
  expect(parse({ channels: { ma: { dailyQuota: 4, shorts: true } } })).toMatchObject({ shorts: false });
  expect(() => parse({ channels: { ma: { dailyQuota: 5, shorts: true } } })).toThrow(
    /channels\.ma\.shorts: .* dailyQuota 5 needs 11 of the 10/,
  );
  expect(() => parse({ shorts: true, channels: { ma: { dailyQuota: 5 } } })).toThrow('channels.ma.shorts: ');
  expect(parse({ shorts: true, channels: { ma: { dailyQuota: 5, shorts: false } } })).toMatchObject({
    shorts: true,
  });
  const own = { dailyQuota: 5, shorts: true, youtubeUploadsPerDay: 11 };
  expect(parse({ channels: { ma: own } })).toMatchObject({ channels: { ma: own } });
});

test('channels of one Google project count together', () => {
  const sharing = { dailyQuota: 4, shorts: true, sharesQuotaWith: 'main' };
  expect(() => parse({ channels: { ma: sharing } })).toThrow(
    /channels\.ma\.shorts: .* the dailyQuota of main, ma, together 7, need 12 of the 10/,
  );
  expect(parse({ dailyQuota: 1, channels: { ma: sharing } })).toMatchObject({ dailyQuota: 1 });
});
