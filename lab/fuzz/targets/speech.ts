import fc from 'fast-check';
import { boundaryEvents } from '../../../providers/voices/boundary-events.ts';
import { readTurn } from '../../../providers/voices/edge-turn.ts';
import { mutated } from '../mutate.ts';
import { refusedBy, type Target, target } from '../target.ts';

const requestId = 'a1';
const text = (path: string, body: string) =>
  Buffer.from(`X-RequestId:${requestId}\r\nPath:${path}\r\n\r\n${body}`);
const headers = Buffer.from(`X-RequestId:${requestId}\r\nPath:audio\r\n`);
const audio = Buffer.concat([Buffer.from([0, headers.length]), headers, Buffer.alloc(300, 3)]);
const word = '{"Type":"WordBoundary","Data":{"Offset":1,"Duration":2,"text":{"Text":"m&#233;o"}}}';
const metadata = text('audio.metadata', `{"Metadata":[${word},{"Type":"SessionEnd","Data":{"Offset":9}}]}`);

async function* messagesOf(messages: (string | Buffer)[]) {
  yield* messages;
}

/** Messages of the speech service: truncated, shuffled and with wrong lengths; word times of any kind. */
export async function speech(): Promise<Target> {
  return target(
    fc.record({
      texts: fc.array(mutated([metadata, text('turn.start', '{}')], ['&#9999999999;']), {
        maxLength: 4,
      }),
      sounds: fc.array(mutated([audio], [Buffer.from([0xff, 0xff])]), { maxLength: 4 }),
      spoken: fc.string({ unit: 'grapheme', maxLength: 80 }),
      starts: fc.array(fc.double(), { maxLength: 20 }),
    }),
    async ({ texts, sounds, spoken, starts }) => {
      const messages = [...sounds, ...texts.map(String), text('turn.end', '{}').toString()];
      await refusedBy(['SyntaxError', 'ZodError'], async () => {
        const { mp3, boundaries } = await readTurn(messagesOf(messages), requestId);
        if (mp3.length > Buffer.concat(sounds).length) throw new Error('more sound than was sent');
        if (boundaries.some(({ start, duration }) => !Number.isFinite(start + duration)))
          throw new Error('a word without a time');
      });
      boundaryEvents(
        spoken,
        starts.map((start, index) => ({ text: spoken.slice(index, index + 3), start, duration: 0.1 })),
      );
    },
  );
}
