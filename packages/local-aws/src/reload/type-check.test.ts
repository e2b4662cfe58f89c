import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { eventually } from '../testing.ts';
import type { Problem } from './reports.ts';
import { checkTypes } from './type-check.ts';

let project: string;
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'types-test-'));
  writeFileSync(join(project, 'package.json'), '{"type":"module"}');
  writeFileSync(join(project, 'tsconfig.json'), '{"compilerOptions":{"types":[]},"include":["*.ts"]}');
  writeFileSync(join(project, 'a.ts'), "export const n: number = 'text';\n");
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

/** Returns what the first check reports. */
async function firstReport(): Promise<Problem[]> {
  let told: Problem[] | undefined;
  const types = checkTypes(project, join(project, 'types.tsbuildinfo'), (problems) => {
    told = problems;
  });
  types.soon();
  return eventually('the check', () => told).finally(types.close);
}

test("finds errors with the project's own compiler", async () => {
  const compiler = dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
  // Its programs for each platform are beside it.
  symlinkSync(dirname(compiler), join(project, 'node_modules'));
  expect(await firstReport()).toEqual([
    { file: 'a.ts', line: 1, column: 14, message: "Type 'string' is not assignable to type 'number'." },
  ]);
});

test('reports that types are not checked where there is no compiler', async () => {
  expect(await firstReport()).toEqual([
    { file: project, message: 'Types are not checked: typescript is not installed here' },
  ]);
});
