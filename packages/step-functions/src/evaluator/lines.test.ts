import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
import { onWholeLines } from './lines.ts';

test('lines are reported whole, and not the part that a killed process leaves', async () => {
  const stream = new PassThrough();
  const lines: string[] = [];
  onWholeLines(stream, (line) => lines.push(line));
  for (const chunk of ['[1,', '2]\n[3]\n', '["é', '"]\n[4,']) stream.write(chunk);
  stream.end();
  await finished(stream);
  expect(lines).toEqual(['[1,2]', '[3]', '["é"]']);
});
