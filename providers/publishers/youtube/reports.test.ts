import { analyticsScope } from '../../../fakes/youtube/reports.ts';
import { type FakeYouTube, startFakeYouTube } from '../../../fakes/youtube/youtube.ts';
import { accessToken } from './access-token.ts';
import { youtubeApi } from './api.ts';
import { parseReach } from './reach-report.ts';
import { channelReports } from './reports.ts';

const snippet = { title: 'a', description: '', tags: [], categoryId: '1' };
const picture = Buffer.from('a picture');

let now: Date;
let fake: FakeYouTube;
beforeEach(async () => {
  now = new Date('2026-11-01T20:00:00Z');
  fake = await startFakeYouTube({ clock: () => now });
  fake.oauth.scope = `${fake.oauth.scope} ${analyticsScope}`;
});
afterEach(() => fake.close());

function reports() {
  const { secret } = fake;
  const token = accessToken(async () => secret, fake.endpoints.tokenEndpoint);
  const ports = {
    ...{ now: () => now, wait: async () => undefined, log: () => undefined },
    signal: new AbortController().signal,
  };
  const api = youtubeApi('job-test', token, fake.endpoints as never, ports as never);
  return { ...channelReports(api, fake.endpoints, ports), scopes: token.scopes };
}

function published(day: string) {
  now = new Date(`${day}T20:00:00Z`);
  const video = fake.channel.addVideo({ snippet, status: { privacyStatus: 'public' } }, 1, undefined);
  video.thumbnails.push({ picture, since: now.getTime() });
  return video;
}
const at = (day: string) => {
  now = new Date(`${day}T20:00:00Z`);
};

describe('reach', () => {
  test('asks YouTube once to make the reports, which come two days later', async () => {
    fake.reports.reaction = () => ({ impressions: 100, clickRate: 0.05 });
    const video = published('2026-11-02');
    expect(await reports().reach(new Date('2026-11-01'))).toEqual({
      ...{ byVideo: new Map(), oddRows: { count: 0 }, unusable: [] },
    });
    at('2026-11-03');
    expect(await reports().reach(new Date('2026-11-01'))).toEqual({
      ...{ byVideo: new Map(), oddRows: { count: 0 }, unusable: [] },
    });
    at('2026-11-06');
    const days = (await reports().reach(new Date('2026-11-01'))).byVideo.get(video.id);
    expect(days).toEqual([
      // It was published in the middle of the first day.
      { day: '2026-11-02', impressions: 50, clicks: 2.5 },
      { day: '2026-11-03', impressions: 100, clicks: 5 },
    ]);
    expect(fake.reports.jobs.map(({ reportTypeId }) => reportTypeId)).toEqual(['channel_reach_basic_a1']);
  });

  test('takes the newest report of a day that was reported twice', async () => {
    fake.reports.reaction = () => ({ impressions: 100, clickRate: 0.05 });
    const video = published('2026-11-01');
    await reports().reach(now);
    fake.reports.corrected.add('2026-11-02');
    const impressions = async (day: string) => {
      at(day);
      return (await reports().reach(new Date('2026-11-02T00:00:00Z'))).byVideo.get(video.id)?.[0]
        ?.impressions;
    };
    expect(await impressions('2026-11-05')).toBe(50);
    expect(await impressions('2026-11-06')).toBe(100);
  });

  test('reads lists of several pages', async () => {
    fake.reports.reaction = () => ({ impressions: 100, clickRate: 0.05 });
    const video = published('2026-11-01');
    await reports().reach(now);
    at('2026-12-20');
    expect((await reports().reach(new Date('2026-11-01'))).byVideo.get(video.id)?.length).toBeGreaterThan(40);
  });

  test('leaves out a row that can’t be used, counts it, and uses the rest', async () => {
    fake.reports.reaction = () => ({ impressions: 100, clickRate: 0.05 });
    const [first, second] = [published('2026-11-01'), published('2026-11-01')];
    await reports().reach(now);
    fake.reports.rewrite = (csv, id) =>
      id < '2026-11-04'
        ? csv.replace(`${first.id},100,`, `${first.id},many,`)
        : `${csv}20261104,UCfake,unknown-to-us,7,0.1\n`;
    at('2026-11-07');
    const { byVideo, oddRows, unusable } = await reports().reach(new Date('2026-11-02'));
    const daysOf = (id: string) => byVideo.get(id)?.map(({ day }) => day);
    expect(daysOf(first.id)).toEqual(['2026-11-04']);
    expect(daysOf(second.id)).toEqual(['2026-11-02', '2026-11-03', '2026-11-04']);
    expect(oddRows).toEqual({
      count: 2,
      first: { row: `20261102,UCfake,${first.id},many,0.05`, day: '2026-11-02' },
    });
    expect(unusable).toEqual([]);
  });

  test('uses an earlier report of a day, and reports of other days, if one lacks a column', async () => {
    fake.reports.reaction = () => ({ impressions: 100, clickRate: 0.05 });
    const video = published('2026-11-01');
    await reports().reach(now);
    fake.reports.corrected.add('2026-11-02').add('2026-11-03');
    fake.reports.rewrite = (csv, id) =>
      ['2026-11-02-again', '2026-11-04'].includes(id) ? csv.replace('video_id', 'video') : csv;
    at('2026-11-08');
    const { byVideo, unusable } = await reports().reach(new Date('2026-11-02'));
    const days = byVideo.get(video.id)?.map(({ day, impressions }) => [day, impressions]);
    expect(days?.sort()).toEqual([
      ['2026-11-02', 50],
      ['2026-11-03', 100],
      ['2026-11-05', 100],
    ]);
    const why = expect.stringContaining('the reach report has no column video_id');
    expect(unusable.sort((a, b) => a.day.localeCompare(b.day))).toEqual([
      { day: '2026-11-02', why },
      { day: '2026-11-04', why },
    ]);
  });

  test.each([
    [
      'without consent to reports',
      () => Object.assign(fake.oauth, { scope: 'other' }),
      'ACCESS_TOKEN_SCOPE_INSUFFICIENT',
    ],
    [
      'in a project without the API',
      () => Object.assign(fake.reports, { enabled: false }),
      'SERVICE_DISABLED',
    ],
  ])('says %s what Google says', async (_, arrange, reason) => {
    arrange();
    await expect(reports().reach(now)).rejects.toMatchObject({ status: 403, reason });
  });

  test('sends the token to no other server than the one that it asks', async () => {
    await reports().reach(now);
    at('2026-11-05');
    const { origin } = fake;
    const lists = fetch;
    const elsewhere: typeof fetch = async (...call) => {
      const response = await lists(...call);
      return String(call[0]).includes('/reports?')
        ? new Response((await response.text()).replaceAll(origin, 'http://127.0.0.2:9'))
        : response;
    };
    globalThis.fetch = elsewhere;
    try {
      await expect(reports().reach(new Date('2026-11-01'))).rejects.toThrow(
        'a report is at http://127.0.0.2:9',
      );
    } finally {
      globalThis.fetch = lists;
    }
  });
});

describe('retention', () => {
  test('is how many watch at each hundredth', async () => {
    fake.reports.retention = () => Array.from({ length: 100 }, (_, i) => 1 - i / 100);
    const { id } = published('2026-11-01');
    const points = await reports().retention(id, '2026-11-01', '2026-11-05');
    expect(points).toHaveLength(100);
    expect(points[0]).toEqual({ at: 0.01, watching: 1 });
    expect(points[99]).toEqual({ at: 1, watching: expect.closeTo(0.01) });
  });

  test('has no points for a video with few views', async () => {
    const { id } = published('2026-11-01');
    expect(await reports().retention(id, '2026-11-01', '2026-11-05')).toEqual([]);
  });
});

test('knows what the owner has consented to', async () => {
  expect(await reports().scopes()).toContain(analyticsScope);
});

describe('a reach report', () => {
  const header = 'date,channel_id,video_id,video_thumbnail_impressions,video_thumbnail_impressions_ctr';

  const row = { videoId: 'a-_1', day: '2026-11-30', impressions: 50, clicks: 2 };
  const other = 'video_thumbnail_impressions_ctr,video_id,date,video_thumbnail_impressions';

  test.each([
    ['in another order', `${other}\r\n0.04,a-_1,20261130,50\r\n`],
    ['with a column more', `device,${header}\nTV,20261130,c,a-_1,50,0.04\n`],
    ['with a column more, whose cell is empty', `device,${header}\n,20261130,c,a-_1,50,4.0E-2\n`],
    ['with a quoted comma', `${header},"title, short"\n20261130,c,"a-_1",50,0.04,"A, ""b"""\n`],
    ['with a mark of its encoding', `\uFEFF${header}\n20261130,c,a-_1,50,0.04`],
  ])('is read by the names of its columns, %s', (_, csv) => {
    expect(parseReach(csv)).toEqual({ rows: [row], oddRows: [] });
  });

  test('can be empty', () => {
    expect(parseReach(`${header}\n`)).toEqual({ rows: [], oddRows: [] });
  });

  test.each([
    ['another column', header.replace('_ctr', '_click_rate'), 'no column video_thumbnail_impressions_ctr'],
    ['a column twice', `${header},video_id`, 'no column video_id, or more than one'],
    ['a page of a proxy', '<html>', 'has no column date'],
  ])('is refused with %s', (_, csv, words) => {
    expect(() => parseReach(csv)).toThrow(words);
  });

  test.each([
    ['a rate in percent', ['20261130,c,v,50,4.5']],
    ['a break', ['20261130,c,v']],
    ['a cell more than the header', ['20261130,c,v,50,0.04,7']],
    ['an impossible day', ['20261390,c,v,50,0.04']],
    ['a day that its month lacks', ['20260231,c,v,50,0.04']],
    ['a number that no count has', ['20261130,c,v,90071992547409930,0']],
    ['a number in another notation', ['20261130,c,v,0x32,0.04']],
    ['a word as a number', ['20261130,c,v,many,0.04']],
    ['a rate below 0', ['20261130,c,v,50,-0.04']],
    ['a video twice on a day', ['20261130,c,v,5,0', '20261130,c,v,6,0']],
    ['a comma in an id', ['20261130,c,"a,b",50,0.04']],
    ['an open quote', ['20261130,c,"v,50,0.04']],
    ['an empty number', ['20261130,c,v,,0.04']],
    ['no video', ['20261130,c,,50,0.04']],
  ])('leaves out rows with %s, and nothing else', (_, rows) => {
    const csv = [header, ...rows, '20261130,c,a-_1,50,0.04'].join('\n');
    expect(parseReach(csv)).toEqual({ rows: [row], oddRows: rows });
  });
});
