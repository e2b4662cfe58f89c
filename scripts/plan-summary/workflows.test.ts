import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const github = join(import.meta.dirname, '../../.github');
const files = readdirSync(github, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.yml'),
);
const textOf = (name: string) => readFileSync(join(github, name), 'utf8');
/** Workflows with credentials, and what their jobs can write. */
const workflows = {
  'workflows/plan.yml': ['id-token: write', 'pull-requests: write'],
  'workflows/deploy.yml': ['id-token: write', 'id-token: write'],
  'workflows/drift.yml': ['id-token: write', 'issues: write'],
};

test.each(files)('%s uses local actions, or actions pinned by the digest of a commit', (name) => {
  const used = [...textOf(name).matchAll(/uses: (.+)/g)].map(([, action]) => action);
  expect(used.filter((action) => !/^\.\/|^[\w/-]+@[0-9a-f]{40} # v\d/.test(action ?? ''))).toEqual([]);
});

test.each(files)('%s uses no stored key, and no untrusted text in a script', (name) => {
  expect(textOf(name)).not.toMatch(/secrets\.|pull_request_target/);
  const scripts = [...textOf(name).matchAll(/^( *)(?:- )?run: (.*(?:\n\1 {2,}.*|\n)*)/gm)].map(
    ([, , text]) => text,
  );
  expect(scripts.filter((text) => text?.includes('${{'))).toEqual([]);
});

test.each(Object.entries(workflows))(
  '%s is read-only, except for the permissions that a job declares',
  (name, writes) => {
    expect(textOf(name)).toMatch(/^permissions:\n {2}contents: read\n$/m);
    expect(
      textOf(name)
        .match(/\w[\w-]*: write/g)
        ?.sort(),
    ).toEqual(writes);
  },
);

test('a fork gets no credentials, and the deploy role waits for an approval', () => {
  const jobs = (name: string) => textOf(name).split(/^ {2}(?=[a-z]+:\n)/m);
  const withRole = Object.keys(workflows)
    .flatMap(jobs)
    .filter((job) => job.includes('id-token: write'));
  const guarded = withRole.filter((job) =>
    /head\.repo\.full_name == github\.repository|vars\.AWS_DEPLOY_ROLE != ''|github\.ref == 'refs\/heads\/main'|environment: prod/.test(
      job,
    ),
  );
  expect(guarded).toHaveLength(withRole.length);
  const writing = withRole.filter((job) => job.includes('role: ${{ vars.AWS_DEPLOY_ROLE }}'));
  expect(writing.map((job) => job.includes('environment: prod'))).toEqual([true]);
});

test('no job that can write to GitHub has credentials or runs dependencies', () => {
  const jobs = Object.keys(workflows).flatMap((name) => textOf(name).split(/^ {2}(?=[a-z]+:\n)/m));
  const writing = jobs.filter((job) => /(?:issues|pull-requests): write/.test(job));
  expect(writing).toHaveLength(2);
  expect(writing.filter((job) => /id-token|aws-role|make |node /.test(job))).toEqual([]);
});
