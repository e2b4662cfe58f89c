import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { knownOperations } from 'local-aws/conformance';

const folder = import.meta.dirname;
/** Operations of the document client and of helpers, which have other names or send several. */
const sentBy: Readonly<Record<string, readonly string[]>> = {
  Get: ['GetItem'],
  Put: ['PutItem'],
  Update: ['UpdateItem'],
  Delete: ['DeleteItem'],
  Upload: ['CreateMultipartUpload', 'UploadPart', 'CompleteMultipartUpload'],
};

test('every operation that aws/ sends has a model, so that tests on the local cloud compare it', () => {
  const sources = readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
  const sent = sources.flatMap((source) =>
    [...source.matchAll(/new (\w+)Command\(|paginate(\w+)\(|new (Upload)\(/g)].map(
      ([, command, paginated, upload]) => command ?? paginated ?? upload ?? '',
    ),
  );
  expect(sent.length).toBeGreaterThan(30);
  const known = new Set(knownOperations());
  expect(sent.flatMap((name) => sentBy[name] ?? name).filter((name) => !known.has(name))).toEqual([]);
});
