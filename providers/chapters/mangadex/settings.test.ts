import { parseMangaDexSettings } from './settings.ts';

const complete = {
  titles: ['0aea9f43-d4a9-4bf7-bebc-550a512f9b95'],
  rightsStatement: 'Licensed by An for Vietnamese narration, contract of 2026-01-05',
  contact: 'https://example.org/contact',
};
const refusal = (input: unknown): string => {
  try {
    parseMangaDexSettings(input);
    return 'accepted';
  } catch (error) {
    expect(error).toMatchObject({ name: 'ConfigurationError' });
    return (error as Error).message;
  }
};

test('titles, rights and a contact are enough', () => {
  expect(parseMangaDexSettings(complete)).toMatchObject({
    languages: ['vi'],
    dataSaver: false,
    contentRatings: ['safe', 'suggestive'],
    apiUrl: 'https://api.mangadex.org',
    reportUrl: 'https://api.mangadex.network/report',
    allowLoopback: false,
  });
});

test('reports every setting that is missing', () => {
  expect(refusal(undefined)).toBe(
    'MangaDex is off until titles, rights and a contact are set in the configuration: ' +
      'mangadexTitles: list the ids of the titles to publish; ' +
      'mangadexRights: state your rights to these titles: from whom, for what, since when; ' +
      'mangadexContact: give an e-mail or a web address at which MangaDex can reach you',
  );
});

test.each([
  [{ titles: [] }, /mangadexTitles: list the ids/],
  [{ titles: ['One Piece'] }, /mangadexTitles\.0: must be the id of mangadex\.org/],
  [{ rightsStatement: 'yes' }, /mangadexRights: state your rights/],
  [{ contact: 'me' }, /mangadexContact: give an e-mail/],
  [{ contact: 'me@example.org\r\nVia: 1' }, /mangadexContact: give an e-mail/],
  [{ languages: ['Vietnamese'] }, /mangadexLanguages\.0: must be codes/],
  [{ contentRatings: ['all'] }, /mangadexContentRatings\.0/],
  [{ blocked: { groups: ['x'] } }, /mangadexBlocked\.groups\.0/],
])('names %j with what is allowed', (change, message) => {
  expect(refusal({ ...complete, ...change })).toMatch(message);
});
