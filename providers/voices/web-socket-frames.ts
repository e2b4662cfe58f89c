import { randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';

/** The server closed the connection; 1006 when it did so without a word. */
export class WebSocketClosed extends Error {
  override readonly name = 'WebSocketClosed';
  readonly code: number;

  constructor(code: number, reason: string) {
    super(`the connection was closed with ${code}${reason ? ` (${reason})` : ''}`);
    this.code = code;
  }
}

/** Frames of RFC 6455, 5.2. */
const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;
/** Far beyond what one message of speech has; a length that claims more is garbage. */
const longestMessage = 16 * 1024 * 1024;

export const textFrame = (text: string): Buffer => frame(opcodes.text, Buffer.from(text, 'utf8'));

/** A whole message in one frame, masked as a client's have to be. */
function frame(opcode: number, payload: Buffer): Buffer {
  const mask = randomBytes(4);
  const extended = payload.length < 126 ? 0 : payload.length < 65_536 ? 2 : 8;
  const header = Buffer.alloc(2 + extended);
  header[0] = 0x80 | opcode;
  header[1] = 0x80 | (extended === 0 ? payload.length : extended === 2 ? 126 : 127);
  if (extended === 2) header.writeUInt16BE(payload.length, 2);
  if (extended === 8) header.writeBigUInt64BE(BigInt(payload.length), 2);
  const masked = payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0));
  return Buffer.concat([header, mask, masked]);
}

interface Frame {
  final: boolean;
  opcode: number;
  payload: Buffer;
  size: number;
}

/** The first frame in `bytes`, or undefined while it is not all there. */
function parseFrame(bytes: Buffer): Frame | undefined {
  if (bytes.length < 2) return undefined;
  const [first = 0, second = 0] = bytes;
  if ((first & 0x70) !== 0 || (second & 0x80) !== 0) throw new WebSocketClosed(1002, 'a frame is malformed');
  const short = second & 0x7f;
  const start = 2 + (short === 126 ? 2 : short === 127 ? 8 : 0);
  if (bytes.length < start) return undefined;
  const length =
    short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
  if (length > longestMessage) throw new WebSocketClosed(1009, 'a frame is too long');
  if (bytes.length < start + length) return undefined;
  const payload = bytes.subarray(start, start + length);
  return { final: (first & 0x80) !== 0, opcode: first & 0x0f, payload, size: start + length };
}

/** Texts as strings, binary messages as buffers; pings are answered. Throws WebSocketClosed at the end, always. */
export async function* readMessages(socket: Duplex): AsyncGenerator<string | Buffer, void> {
  let parts: Buffer[] = [];
  let isText = false;
  for await (const { opcode, final, payload } of readFrames(socket)) {
    if (opcode === opcodes.close) {
      const code = payload.length >= 2 ? payload.readUInt16BE(0) : 1005;
      throw new WebSocketClosed(code, payload.subarray(2).toString('utf8'));
    }
    if (opcode === opcodes.ping) socket.write(frame(opcodes.pong, payload));
    if (opcode > opcodes.binary) continue;
    if (opcode !== opcodes.continuation) {
      parts = [];
      isText = opcode === opcodes.text;
    }
    parts.push(payload);
    if (parts.reduce((sum, part) => sum + part.length, 0) > longestMessage)
      throw new WebSocketClosed(1009, 'a message is too long');
    if (final) yield isText ? Buffer.concat(parts).toString('utf8') : Buffer.concat(parts);
  }
  throw new WebSocketClosed(1006, '');
}

async function* readFrames(socket: Duplex): AsyncGenerator<Frame, void> {
  let bytes = Buffer.alloc(0);
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    bytes = Buffer.concat([bytes, chunk]);
    for (let next = parseFrame(bytes); next; next = parseFrame(bytes)) {
      bytes = bytes.subarray(next.size);
      yield next;
    }
  }
}
