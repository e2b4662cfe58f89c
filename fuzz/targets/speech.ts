import { Duplex } from 'node:stream';
import fc from 'fast-check';
import { boundaryEvents } from '../../providers/voices/boundary-events.ts';
import { readMessages } from '../../providers/voices/web-socket-frames.ts';
import { mutated } from '../mutate.ts';
import { refusedBy, type Target, target } from '../target.ts';

/** A server's frame: unmasked. */
const frame = (opcode: number, payload: Buffer) =>
  Buffer.concat([
    Buffer.from([0x80 | opcode, Math.min(payload.length, 126)]),
    payload.length < 126 ? Buffer.alloc(0) : Buffer.from([payload.length >> 8, payload.length & 255]),
    payload,
  ]);

const metadata =
  'Path:audio.metadata\r\n\r\n{"Metadata":[{"Type":"WordBoundary","Data":{"Offset":1,"Duration":2}}]}';
const stream = Buffer.concat([
  frame(1, Buffer.from('Path:turn.start\r\n\r\n{}')),
  frame(9, Buffer.from('ping')),
  frame(1, Buffer.from(metadata)),
  frame(2, Buffer.alloc(300, 3)),
  frame(8, Buffer.from([3, 232])),
]);

const socketOf = (bytes: Buffer) => {
  const chunks = [bytes.subarray(0, 5), bytes.subarray(5, 9), bytes.subarray(9)].filter(
    ({ length }) => length > 0,
  );
  return new Duplex({
    read() {
      this.push(chunks.shift() ?? null);
    },
    write: (_chunk, _encoding, done) => done(),
  });
};

/** The speech service's connection: frames cut, joined and lying about their length; word times of any kind. */
export async function speech(): Promise<Target> {
  return target(
    fc.record({
      bytes: mutated(
        [stream],
        [Buffer.from([0x81, 0xfe]), Buffer.from([0x82, 0x7f, 0xff, 0xff, 0xff, 0xff])],
      ),
      spoken: fc.string({ unit: 'grapheme', maxLength: 80 }),
      starts: fc.array(fc.double(), { maxLength: 20 }),
    }),
    async ({ bytes, spoken, starts }) => {
      await refusedBy(['WebSocketClosed'], async () => {
        for await (const message of readMessages(socketOf(bytes)))
          if (message.length > 17e6) throw new Error('unbounded');
      });
      boundaryEvents(
        spoken,
        starts.map((start, index) => ({ text: spoken.slice(index, index + 3), start, duration: 0.1 })),
      );
    },
  );
}
