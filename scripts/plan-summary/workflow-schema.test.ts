import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';

const folder = join(import.meta.dirname, '../../.github/workflows');
const textOf = (name: string) => readFileSync(join(folder, name), 'utf8');

/** Returns what GitHub's parser of workflows finds wrong: keys, types, events, permissions, expressions and their contexts. */
async function problems(content: string): Promise<string[]> {
  const { context, value } = parseWorkflow({ name: 'workflow.yml', content }, new NoOperationTraceWriter());
  if (value) await convertWorkflowTemplate(context, value);
  return context.errors.getErrors().map(({ message }) => message);
}

test.each(readdirSync(folder))('%s fits the schema of GitHub', async (name) => {
  expect(await problems(textOf(name))).toEqual([]);
});

test.each([
  ['a misspelt key', 'runs-on:', 'run-on:', /Unexpected value 'run-on'/],
  ['an event that does not exist', 'pull_request:', 'pul_request:', /Unexpected value 'pul_request'/],
  ['a permission that does not exist', 'contents: read', 'contents: reed', /Unexpected value 'reed'/],
  ['a word as a number', 'timeout-minutes: 40', 'timeout-minutes: soon', /soon/],
  ['a context that does not exist', 'github.ref }}', 'gitub.ref }}', /Unrecognized named-value: 'gitub'/],
  ['an expression that does not end', 'github.ref }}', 'github.ref', /not closed/],
  ['a job that needs a missing one', '    steps:', '    needs: [none]\n    steps:', /'none'/],
])('%s is found', async (_, right, wrong, message) => {
  const text = textOf('test.yml');
  expect(text).toContain(right);
  expect((await problems(text.replace(right, wrong))).join('\n')).toMatch(message);
});
