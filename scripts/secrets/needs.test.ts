import { describeNeeds, secretNeeds } from './needs.ts';

test('reports which setting needs a secret, which are set, and how to set the rest', async () => {
  const needs = await secretNeeds({ publisher: 'youtube', narrator: 'ocr' }, async (name) =>
    name === 'llm' ? { exists: true, setAt: new Date('2026-02-07') } : { exists: true },
  );
  expect(describeNeeds('dev', needs)).toBe(
    [
      'Secrets of stage dev: 1 missing',
      '  youtube  not set         needed: publisher names youtube  → make secrets SET=youtube STAGE=dev',
      '  llm      set 2026-02-07  only when narrator names llm',
      '  voice    not set         only when voice names azure',
      '  signing  not set         only when contentCredentials names signed',
    ].join('\n'),
  );
});

test('a further channel has its own secret', async () => {
  const needs = await secretNeeds({ publisher: 'youtube', channels: { ma: {} } }, async (label) => ({
    exists: label === 'youtube/ma',
  }));
  expect(needs.at(-1)).toMatchObject({ channel: 'ma', needed: true, state: { exists: true } });
  expect(describeNeeds('dev', needs)).toContain(
    '  youtube/ma not set         needed: publisher names youtube  → make secrets SET=youtube CHANNEL=ma STAGE=dev',
  );
});
