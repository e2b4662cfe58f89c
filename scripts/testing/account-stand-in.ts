import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startFakeYouTube } from '../../fakes/youtube/youtube.ts';
import { startDeployedPipeline } from '../../local/testing/deployments.ts';
import { copyProject } from '../../local/testing/project-copy.ts';
import { isInstalled } from '../../local/testing/shell.ts';
import { startFakeAccount } from './fake-account.ts';

const root = join(import.meta.dirname, '../..');
const offlineTerraform = join(root, '../shared/tools/offline-terraform/offline-terraform');
/** Parts of an account that the local cloud serves. */
const served = ['LAMBDA', 'S3', 'SFN', 'DYNAMODB', 'SECRETS_MANAGER', 'SNS'];

/** Settings with which this machine reaches npm's registry, from which the offline provider installs its packages. */
const network = Object.fromEntries(
  Object.entries(process.env).filter(([name]) =>
    /^(https?_proxy|no_proxy|npm_config_.*|.*_ca_certs|ssl_cert_.*)$/i.test(name),
  ),
) as Record<string, string>;

/** Returns whether a command can be tried with what this machine has. */
export const isAvailable = (need: string): boolean =>
  need.startsWith('terraform') ? existsSync(offlineTerraform) && isInstalled('terraform') : isInstalled(need);

/**
 * Starts a stand-in for an account and a checkout whose stage prod has the settings of docs/deploy.md: the deployed pipeline in a local
 * cloud, and what that lacks in another server. `terraform` plans and applies the synthesized stack with a provider that changes
 * nothing, and cdktf's CLI is replaced by these two steps: synth and apply.
 */
export async function startAccountStandIn(started: AsyncDisposableStack) {
  const pipeline = started.adopt(await startDeployedPipeline({ library: 'bucket' }), (one) => one.close());
  const account = await startFakeAccount(pipeline.cloud.endpoint, served);
  started.defer(account.close);
  const youtube = started.adopt(await startFakeYouTube(), (one) => one.close());
  const project = started.adopt(copyProject({ whole: true }), (one) => one.remove());
  project.save('manga-pipeline.prod.json', stageOfPage());
  project.save('client_secret.json', JSON.stringify({ installed: youtube.oauth.client }));
  project.save(
    'youtube.json',
    JSON.stringify({ ...youtube.oauth.client, refresh_token: youtube.oauth.grant() }),
  );

  const programs = project.pathOf('bin');
  mkdirSync(programs);
  const program = (name: string, code: string) => {
    writeFileSync(join(programs, name), `#!/bin/bash\nset -e\n${code}\n`);
    chmodSync(join(programs, name), 0o755);
  };
  program(
    'terraform',
    `export PATH='${process.env.PATH}' HOME='${process.env.HOME}'
[[ $1 == -chdir=* ]] || exec terraform "$@"
stack=\${1#-chdir=} verb=$2
[[ $verb != init ]] || exit 0
exec '${offlineTerraform}' "$stack" "$verb" "\${@:3}"`,
  );
  program(
    'npx',
    `while [[ $1 != cdktf ]]; do shift; done
node main.ts
verb=\${2/deploy/apply}
[[ $verb == apply ]] || options='-auto-approve -input=false -no-color'
exec terraform -chdir="cdktf.out/stacks/$3" "$verb" $options`,
  );

  return {
    pipeline,
    project,
    problems: account.problems,
    /** The environment of a reader's shell. */
    environment: {
      ...network,
      ...(account.environment as Record<string, string>),
      ...{ PATH: `${programs}:${process.env.PATH}`, HOME: project.folder, YES: '1' },
      ...{ OFFLINE_TERRAFORM_HOME: project.pathOf('terraform'), AWS_DEFAULT_REGION: 'eu-west-1' },
      ...{ CLIENT: project.pathOf('client_secret.json'), YOUTUBE_ENDPOINT: youtube.origin },
    },
    /** Runs a program as the shell would. */
    run: (line: string, environment: Record<string, string>) =>
      execFileSync('bash', ['-c', line], { cwd: project.folder, env: environment, stdio: 'pipe' }),
  };
}

/** Returns the settings that the page shows, with an image and an address in place of its `…`. */
function stageOfPage(): string {
  const page = readFileSync(join(root, 'docs/deploy.md'), 'utf8');
  const [, shown = ''] = /^```json\n([\s\S]*?)^```$/m.exec(page) ?? [];
  return shown.replace('ami-…', 'ami-00000000000000001').replace('you/…', 'you/docs/runbook.md');
}
