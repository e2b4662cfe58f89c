import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { goodReply, readPage } from '../../../fakes/llm/replies.ts';
import { analysisOf, chapterOf, llmFixture } from '../testing/llm-fixture.ts';
import type { AwsCredentials } from './model.ts';

interface Converse {
  system: { text: string }[];
  messages: { content: ({ text: string } | { image: { format: string; source: { bytes: string } } })[] }[];
  toolConfig?: { tools: { toolSpec?: { name: string } }[] };
}

/** Plays the part of Bedrock's Converse API that the AI SDK uses, and records the requests. */
async function startFakeBedrock() {
  const seen: { url: string; authorization: string; token: string; body: Converse }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Converse;
    const { authorization = '', 'x-amz-security-token': token } = request.headers;
    seen.push({ url: request.url ?? '', authorization, token: String(token), body });
    const text =
      body.messages[0]?.content.flatMap((part) => ('text' in part ? [part.text] : [])).join('\n') ?? '';
    const answer = goodReply(readPage(body.system[0]?.text ?? '', text));
    const asTool = body.toolConfig !== undefined;
    const content = asTool
      ? [{ toolUse: { toolUseId: 't1', name: 'json', input: answer } }]
      : [{ text: JSON.stringify(answer) }];
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({
        output: { message: { role: 'assistant', content } },
        stopReason: asTool ? 'tool_use' : 'end_turn',
        usage: { inputTokens: 700, outputTokens: 90, totalTokens: 790 },
        metrics: { latencyMs: 1 },
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, seen, close: () => server.close() };
}

test.each(['amazon.nova-pro-v1:0', 'anthropic.claude-sonnet-4-5-20250929-v1:0'])(
  'calls Bedrock with the credentials of the role and without a key: %s',
  async (model) => {
    const bedrock = await startFakeBedrock();
    // The AI SDK finds another endpoint in the same way as every AWS SDK, so the product code does not change.
    process.env.AWS_ENDPOINT_URL_BEDROCK_RUNTIME = bedrock.url;
    const fixture = await llmFixture({}, { endpoint: { service: 'bedrock', region: 'us-west-2' }, model });
    const credentials = async (): Promise<AwsCredentials> => ({
      accessKeyId: 'AKIDEXAMPLE',
      secretAccessKey: 'secret-never-sent',
      sessionToken: 'session',
    });
    try {
      const access = { apiKey: undefined, credentials };
      const [page] = await fixture.tellChapter(chapterOf(1), [analysisOf(1)], access);
      expect(page?.account).toMatchObject({ tokens_in: 700, tokens_out: 90, notes: [] });
      const [call] = bedrock.seen;
      expect(decodeURIComponent(call?.url ?? '')).toBe(`/model/${model}/converse`);
      expect(call?.authorization).toMatch(
        /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/us-west-2\/bedrock\//,
      );
      expect(call?.token).toBe('session');
      expect(JSON.stringify(bedrock.seen)).not.toContain('secret-never-sent');
      const images = call?.body.messages[0]?.content.flatMap((part) => ('image' in part ? [part.image] : []));
      expect(images?.map(({ format }) => format)).toEqual(['jpeg', 'jpeg']);
    } finally {
      delete process.env.AWS_ENDPOINT_URL_BEDROCK_RUNTIME;
      bedrock.close();
      await fixture.fake.close();
    }
  },
);

test('reports Bedrock without credentials as a configuration error', async () => {
  const fixture = await llmFixture({}, { endpoint: { service: 'bedrock', region: 'us-west-2' } });
  const telling = fixture.tellChapter(chapterOf(1), [analysisOf(1)]);
  await expect(telling).rejects.toMatchObject({ name: 'ConfigurationError' });
  await fixture.fake.close();
});
