/** `make rollback`: returns a stage to an earlier deployment without Terraform. */
import { stdin, stdout } from 'node:process';
import { createInterface } from 'node:readline/promises';
import { accountCheck } from '../aws/account-check.ts';
import { bringBack, stateOfObject } from '../aws/deleted-objects.ts';
import { environmentOfVersion, setDefinition } from '../aws/deployed-versions.ts';
import { chooseVersion } from '../aws/function-aliases.ts';
import { wholeTable } from '../aws/whole-table.ts';
import type { OptionsOf } from '../config/commands/command.ts';
import type { rollback as declared } from '../config/commands/operate.ts';
import { liveAlias } from '../config/functions.ts';
import { Job } from '../domain/job.ts';
import type { Names } from '../stacks/names.ts';
import { enterCloud } from './cloud.ts';
import { deployedStage } from './deployments/deployed.ts';
import { historyOf } from './deployments/history.ts';
import { listing, rollBack } from './deployments/rollback.ts';

const Times = Job.pick({ created_at: true, published_at: true });

const functionOf = ({ functions }: Names, name: string) => functions[name as keyof typeof functions] ?? name;

async function askFirst(): Promise<boolean> {
  if (!stdin.isTTY) {
    console.log('Nothing is changed yet: YES=1 does it');
    return false;
  }
  const terminal = createInterface({ input: stdin, output: stdout });
  const given = await terminal.question('Return to it? Only yes is accepted: ');
  terminal.close();
  return given.trim() === 'yes';
}

export async function run({ to, list, yes }: OptionsOf<typeof declared>): Promise<void> {
  const cloud = await enterCloud();
  const stage = await deployedStage(cloud);
  const { names, stateMachineArn } = stage;
  const history = async () => {
    const items = await wholeTable(names.jobsTable).items();
    const jobs = items.flatMap((item) => Times.safeParse(item).data ?? []);
    return historyOf(await stage.records(), jobs);
  };
  if (list)
    return console.log(
      listing(await history(), await stage.live()).join('\n') || 'no deployment is recorded',
    );
  await rollBack(to, {
    ...stage,
    history,
    hasVersion: async (name, version) =>
      (await environmentOfVersion(functionOf(names, name), version)) !== undefined,
    bundle: stateOfObject,
    bringBack,
    // The images of the local cloud are names.
    hasImage: async (id) => Boolean(cloud.local) || (await accountCheck.image(id))?.state === 'available',
    setDefinition: (definition) => setDefinition(stateMachineArn, definition),
    chooseVersion: (name, version) => chooseVersion(functionOf(names, name), liveAlias, version),
    say: console.log,
    confirm: async () => yes || (await askFirst()),
  });
}
