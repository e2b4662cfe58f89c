/** `make bench WHAT=reload`: measures the time from saving a file to the end of the first invocation of the new code. */

import { setTimeout as wait } from 'node:timers/promises';
import { copyProject, type Dev, type ProjectCopy, startDev } from '../../local/testing/project-copy.ts';
import { givenNumber } from '../figures/given-number.ts';

const times = givenNumber('TIMES', 50);
const wanted = 50;

interface Change {
  what: string;
  save(round: number): void;
  /** Invokes the function, or starts the execution, that shows the change. */
  look(dev: Dev): Promise<unknown>;
}

async function main(): Promise<void> {
  const project = copyProject();
  const dev = await startDev(project);
  try {
    // The functions have run before, as during real work.
    for (const name of ['check-quota', 'cleanup', 'increment-counter']) await dev.invoke(name);
    console.log(`from saving to the first response of the new code, ${times} times each, in ms:`);
    let worst = 0;
    for (const change of changesOf(project)) worst = Math.max(worst, await measure(change, dev));
    console.log(`wanted: a median of at most ${wanted} ms; the largest is ${worst.toFixed(1)} ms`);
  } finally {
    await dev.end();
    project.remove();
  }
}

async function measure({ what, save, look }: Change, dev: Dev): Promise<number> {
  const taken: number[] = [];
  for (let round = 1; round <= times; round++) {
    const startedAt = performance.now();
    save(round);
    while ((await look(dev)) !== round) {
      // The old code responded; ask again immediately.
    }
    taken.push(performance.now() - startedAt);
    await wait(30);
  }
  taken.sort((one, other) => one - other);
  const at = (share: number) => taken[Math.min(times - 1, Math.floor(times * share))] ?? 0;
  console.log(
    `  ${what.padEnd(44)} median ${at(0.5).toFixed(1).padStart(6)}   p95 ${at(0.95).toFixed(1).padStart(6)}`,
  );
  return at(0.5);
}

const answering = (value: string) => `export const handler = async () => (${value});\n`;

function changesOf(project: ProjectCopy): Change[] {
  const logic = project.read('functions/check-quota/check-quota.ts');
  const shared = project.read('functions/job-input.ts');
  const config = project.read('config/settings/run.ts');
  const flow = project.read('asl/pipeline.asl.json');
  project.save(
    'functions/cleanup/handler.ts',
    `import '../../aws/job-store.ts';\nimport { round } from '../job-input.ts';\n${answering('round')}`,
  );
  project.save('functions/job-input.ts', `${shared}export const round = 0;\n`);
  project.save('functions/increment-counter/handler.ts', answering('Number(process.env.DAILY_QUOTA)'));
  project.save(
    'config/environments.ts',
    project
      .read('config/environments.ts')
      .replace(/(export const incrementCounter = )\[[^\]]*\]/, "$1['DAILY_QUOTA']"),
  );
  const machine = 'arn:aws:states:us-east-1:123456789012:stateMachine:manga-pipeline';
  return [
    {
      what: 'the logic of a function',
      save: (round) =>
        project.save(
          'functions/check-quota/check-quota.ts',
          logic.replace('quota_reached:', `round: ${round}, quota_reached:`),
        ),
      look: async (dev) => ((await dev.invoke('check-quota')).result as { round?: number }).round,
    },
    {
      what: 'a module that functions share',
      save: (round) => project.save('functions/job-input.ts', `${shared}export const round = ${round};\n`),
      look: async (dev) => (await dev.invoke('cleanup')).result,
    },
    {
      what: 'a setting, and the environment made of it',
      save: (round) =>
        project.save(
          'config/settings/run.ts',
          config.replace(/(dailyQuota[\s\S]*?\.default\()10/, `$1${round}`),
        ),
      look: async (dev) => (await dev.invoke('increment-counter')).result,
    },
    {
      what: 'the state machine',
      save: (round) =>
        project.save('asl/pipeline.asl.json', flow.replace('"Comment": "', `"Comment": "round ${round} `)),
      async look(dev) {
        const described = await fetch(dev.endpoint, {
          method: 'POST',
          headers: { 'x-amz-target': 'AWSStepFunctions.DescribeStateMachine' },
          body: JSON.stringify({ stateMachineArn: machine }),
        });
        const { definition } = (await described.json()) as { definition: string };
        return Number(/round (\d+)/.exec(definition)?.[1]);
      },
    },
  ];
}

await main();
