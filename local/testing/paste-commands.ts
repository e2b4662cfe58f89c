import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDocumentedCloud } from './documented-cloud.ts';
import { type Command, isSlow, reasonFor } from './documented-commands.ts';
import { copyProject, type ProjectCopy } from './project-copy.ts';
import { isInstalled, openShell, type Shell, type ShellName } from './shell.ts';

const minutes = 10 * 60_000;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** Makes a test of each command, which pastes it into a shell next to a running local cloud. */
export function pasteCommands(name: ShellName, commands: readonly Command[]): void {
  const started = new AsyncDisposableStack();
  const home = mkdtempSync(join(tmpdir(), 'home-'));
  started.defer(() => rmSync(home, { recursive: true, force: true }));
  let cloud: Awaited<ReturnType<typeof startDocumentedCloud>>;
  /** A checkout in which no cloud runs. */
  let idle: ProjectCopy;

  /** Puts the names of this run where a reader puts those of a stage; `port` is that of the Step Functions service alone. */
  const filled = (line: string, port: number): string =>
    line
      .replaceAll('job-…', cloud.job)
      .replace(/\bARN\b/, cloud.executionArn)
      .replaceAll(/\bID\b/g, 'f9c33607-9180-4ba6-b85c-e4b5faee7192')
      .replace('s3://BUCKET/', 's3://manga-pipeline-artifacts/')
      .replace(/(--port |--endpoint-url \S+:)8083/, `$1${port}`)
      .replace('http://127.0.0.1:8083', cloud.endpoint);

  /** Makes what a command works on, whatever earlier ones have done with it. */
  async function prepare(line: string): Promise<void> {
    if (/JOB=job-…|clock JUMP|make invoke WHAT=replay|FAULT=machine-killed/.test(line)) await cloud.reset();
    if (/FAULT=machine-killed/.test(line)) await cloud.startMachine();
    if (/EDIT=script.json/.test(line))
      copyFileSync(
        join(cloud.folder, '.local', 'review', cloud.job, 'script.json'),
        join(cloud.folder, 'script.json'),
      );
  }

  describe(`in ${name}`, () => {
    const canRun = isInstalled(name);
    let shell: Shell;
    let port: number;
    beforeAll(async () => {
      if (!canRun) return;
      cloud = await startDocumentedCloud(started);
      idle = started.adopt(copyProject({ whole: true }), (copy) => copy.remove());
      port = await freePort();
      shell = started.adopt(openShell(name, cloud.folder, { HOME: home }), (one) => one.close());
    }, minutes);
    afterAll(() => started.disposeAsync(), minutes);

    for (const command of commands) {
      const { page, line } = command;
      const [program = ''] = line.split(' ');
      const reason =
        reasonFor(command) ??
        (isSlow(command) ? 'LONG=1 runs it' : [name, program].find((one) => !isInstalled(one)));
      if (reason) test.skip(`${page}: ${line} does not run: ${reason}`, () => {});
      else if (/^make dev/.test(line))
        test(
          `${page}: ${line} starts a cloud, which Ctrl-C stops`,
          async () => {
            const environment = { HOME: home, PORT: '0', SCHEDULE_ENABLED: 'false' };
            const own = started.adopt(openShell(name, idle.folder, environment), (one) => one.close());
            own.type(filled(line, port));
            const [printed] = await own.until(/ready at http|\*\*\* .*/);
            expect(printed).toBe('ready at http');
            own.interrupt();
            await own.end();
          },
          minutes,
        );
      else
        test(
          `${page}: ${line}`,
          async () => {
            await prepare(line);
            const { status, printed } = await shell.paste(filled(line, port));
            if (status !== 0) throw new Error(`it ended with status ${status}:\n${printed}`);
          },
          minutes,
        );
    }
  });
}
