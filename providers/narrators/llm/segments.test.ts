import type { Panel } from '../../../domain/page.ts';
import { parseReply } from './reply.ts';
import { factsOf, segmentsOf } from './segments.ts';

const panel = { id: 'p001-1', x: 0, y: 0, w: 100, h: 100, bubbles: [] } as unknown as Panel;

function replyWith(text: string, speaker: string | null, character: object = {}) {
  const named = { name: 'Lan', original: '', address: '', about: 'cô bé tóc ngắn', ...character };
  const reply = parseReply(
    JSON.stringify({
      segments: [{ text, panels: ['p001-1'], speaker, mood: 'neutral', kind: 'speech' }],
      facts: { characters: [named], places: [], events: [] },
    }),
  );
  if (!reply) throw new Error('the reply is invalid');
  return reply;
}
const speakerOf = (text: string, speaker: string | null) =>
  segmentsOf(replyWith(text, speaker), 1, [panel])[0]?.speaker;

test.each([
  ['Cậu đi đâu đấy?', 'Lan', 'Lan'],
  ['Tớ tên là Lan, nói cho cậu biết nhé!', 'Lan', 'Lan'],
  ['Lan ơi, đợi tớ với!', 'Minh', 'Minh'],
  ['Lan hỏi: cậu đi đâu đấy?', 'Lan', undefined],
  ['Lan khẽ nói, tớ không sao đâu.', 'Lan', undefined],
  ['Bà Tư mỉm cười rồi đáp: cháu cứ vào đi.', 'Bà Tư', undefined],
  ['Trời đổ mưa.', 'Người dẫn chuyện', undefined],
  ['Trời đổ mưa.', 'narrator', undefined],
  ['Trời đổ mưa.', null, undefined],
])('“%s” by %s is said by %s', (text, speaker, sayer) => {
  expect(speakerOf(text, speaker)).toBe(sayer);
});

test('a reply without traits, or with unknown ones, is usable', () => {
  const unknown = { gender: 'unknown', age: 'unknown', manner: 'unknown' };
  expect(factsOf(replyWith('Ừ.', null)).characters).toMatchObject([unknown]);
  const odd = { gender: 'robot', age: 12, manner: null };
  expect(factsOf(replyWith('Ừ.', null, odd)).characters).toMatchObject([unknown]);
  const told = { gender: 'female', age: 'child', manner: 'lively' };
  expect(factsOf(replyWith('Ừ.', null, told)).characters).toMatchObject([told]);
});

test('a name that a Vietnamese voice can’t say is not remembered, and its spelling in the page is', () => {
  const names = (name: string, original: string) =>
    factsOf(replyWith('Ừ.', null, { name, original })).characters.map((one) => [one.name, one.original]);
  expect(names('Hana', '花')).toEqual([['Hana', '花']]);
  expect(names('花', '花')).toEqual([]);
});

test('what is not the name of somebody is not remembered', () => {
  for (const name of ['…', '!!!', ' ', 'null', 'Người dẫn chuyện', 'narrator', '<b>Lan</b>'])
    expect([name, factsOf(replyWith('Ừ.', null, { name })).characters]).toEqual([name, []]);
  expect(factsOf(replyWith('Ừ.', null, { name: '007' })).characters).toMatchObject([{ name: '007' }]);
});
