import { askForSecret, parseSecret } from './read-secret.ts';

const youtube = {
  client_id: '123-abc.apps.googleusercontent.com',
  client_secret: 'GOCSPX-abcdefghijklmnop',
  refresh_token: '1//0abcdefghijklmnop',
};

test('accepts JSON, and the bare value of a secret with one field', () => {
  expect(parseSecret('youtube', ` ${JSON.stringify(youtube)}\n`)).toBe(JSON.stringify(youtube));
  expect(parseSecret('llm', 'sk-0123456789abcdef\n')).toBe('{"api_key":"sk-0123456789abcdef"}');
  expect(parseSecret('voice', '{"api_key":"0123456789abcdef","region":"southeastasia"}')).toContain('region');
});

const pasted = 'Hunter2Hunter2Hunter2';
test.each([
  ['nothing', 'youtube', ' \n', /^youtube: standard input is empty$/],
  [
    'the wrong secret',
    'youtube',
    JSON.stringify({ api_key: pasted }),
    /youtube: client_id is missing.*has an unknown field/,
  ],
  [
    "Google's own download",
    'youtube',
    JSON.stringify({ installed: { client_id: pasted } }),
    /client_id is missing.*refresh_token is missing/,
  ],
  ['a bare word for three fields', 'youtube', pasted, /^youtube: is not JSON\. It is \{"client_id": "…", /],
  ['broken JSON', 'llm', `{"api_key": ${pasted}`, /^llm: is not valid JSON/],
  [
    'a foreign client id',
    'youtube',
    JSON.stringify({ ...youtube, client_id: pasted }),
    /client_id must end in \.apps/,
  ],
  [
    'a key with a line break',
    'llm',
    JSON.stringify({ api_key: `${pasted}\n${pasted}` }),
    /api_key must be one word/,
  ],
  ['a key of a few letters', 'llm', 'Hunter2', /api_key is too short/],
  ['a secret as the name of a field', 'llm', JSON.stringify({ [pasted]: 'x' }), /has an unknown field/],
] as const)('rejects %s by name, and repeats none of it', (_, name, given, message) => {
  const refused = () => parseSecret(name, given);
  expect(refused).toThrow(message);
  expect(refused).not.toThrow('Hunter2');
});

test('asks for the fields one by one', async () => {
  const asked: string[] = [];
  const answer = async (question: string) => {
    asked.push(question);
    return question.includes('region') ? '' : '0123456789abcdef';
  };
  expect(await askForSecret('voice', answer)).toBe('{"api_key":"0123456789abcdef"}');
  expect(asked).toEqual(['voice api_key: ', 'voice region (optional): ']);
});
