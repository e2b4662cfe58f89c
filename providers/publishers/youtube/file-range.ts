import type { FileHandle } from 'node:fs/promises';

/** One read; a few of them are in flight at most. */
const pieceBytes = 64 * 1024;

/** A stretch of a file as a stream that reads only as fast as it is drained. `onPiece` hears of every read. */
export function fileRange(
  file: FileHandle,
  from: number,
  to: number,
  onPiece: (bytes: number) => void,
): ReadableStream<Uint8Array> {
  let position = from;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const piece = Buffer.allocUnsafeSlow(Math.min(pieceBytes, to - position));
        const { bytesRead } = await file.read(piece, 0, piece.length, position);
        if (bytesRead === 0) throw new Error(`The video ends at byte ${position}, before ${to}`);
        position += bytesRead;
        onPiece(bytesRead);
        controller.enqueue(bytesRead === piece.length ? piece : piece.subarray(0, bytesRead));
        if (position === to) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}
