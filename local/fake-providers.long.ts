import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { findFfprobe } from '../providers/media/find-media-binary.ts';
import { audioStreamOf, probeMedia, videoStreamOf } from '../providers/media/testing/probe-media.ts';

const root = join(import.meta.dirname, '..');
const minute = 60_000;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fake-providers-'));
  await mkdir(join(folder, 'chapter'));
  for (const file of ['001.png', 'ComicInfo.xml'])
    await cp(join(root, 'samples/ke-trom-o', file), join(folder, 'chapter', file));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Returns the command lines of a process and its descendants, which every user of the machine can read (Linux). */
async function commandLines(pid: number): Promise<string[]> {
  const own = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  const below = await Promise.all(
    children
      .split(' ')
      .filter(Boolean)
      .map((child) => commandLines(Number(child))),
  );
  return [own.replaceAll('\0', ' '), ...below.flat()];
}

async function runDemo() {
  const args = [
    join(root, 'scripts/manga.ts'),
    'demo',
    '--chapter',
    'chapter',
    '--providers',
    'hostile',
    '--verbose',
  ];
  const child = spawn(process.execPath, args, {
    cwd: folder,
    timeout: 9 * minute,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const seen = new Set<string>();
  let running = true;
  const watching = (async () => {
    while (running) {
      for (const line of await commandLines(child.pid ?? 0)) seen.add(line);
      await pause(100);
    }
  })();
  const [stdout, stderr, status] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.once('close', resolve)),
  ]);
  running = false;
  await watching;
  return { stdout, stderr, status, commandLines: [...seen] };
}

/** Returns every file below a folder: logs, histories, tables, user data, objects. */
async function filesBelow(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Returns a secret in plain text, in JSON within JSON, in a URL and in base64. */
const formsOf = (secret: string) => [
  ...new Set([
    secret,
    encodeURIComponent(secret),
    Buffer.from(secret)
      .toString('base64')
      .replace(/.{0,2}=*$/, ''),
  ]),
];

test(
  'the whole pipeline makes one video with four faulty services and leaks none of their secrets',
  async () => {
    const { stdout, stderr, status, commandLines } = await runDemo();
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    const used = /^fakes: MangaDex [1-9].*language model [1-9].*Edge [1-9]\d* utterances; YouTube [1-9]/m;
    expect(stdout).toMatch(used);
    const failed = /a bad day: MangaDex failed 7 times, the language model [1-9], Edge [1-9].*, YouTube 8$/m;
    expect(stdout).toMatch(failed);
    expect(stdout).toMatch(/^uploaded to http:\/\/127\.0\.0\.1:\d+ as “.+”, \d+ bytes$/m);

    const video = /^video: (.+)$/m.exec(stdout)?.[1] ?? '';
    const info = await probeMedia(join(folder, video), { ffprobe: await findFfprobe(undefined) });
    expect(videoStreamOf(info)).toMatchObject({ codec_name: 'h264', width: 1920, height: 1080 });
    expect(audioStreamOf(info)).toMatchObject({ codec_name: 'aac' });
    // The job is cleaned up by now; make review VIDEO=… reads these.
    expect(await readdir(join(folder, video, '..'))).toEqual(
      expect.arrayContaining(['captions.vi.srt', 'script.json', 'shots.json', 'speech.json']),
    );
    const metadata = JSON.parse(await readFile(join(folder, video, '../metadata.json'), 'utf8'));
    expect(metadata.status).toMatchObject({ privacyStatus: 'private', containsSyntheticMedia: true });
    expect(metadata.snippet.description).toContain('Nhóm dịch mẫu');

    const secretsFile = join(folder, '.local/demo-fake/secrets.json');
    const stored = JSON.parse(await readFile(secretsFile, 'utf8')) as { versions: { text: string }[] }[];
    const fields = stored.flatMap(({ versions }) =>
      versions.flatMap(({ text }) => Object.entries<string>(JSON.parse(text))),
    );
    // Client id and region are public: they appear in consent pages and addresses.
    const secrets = fields.filter(([field]) => !/^(client_id|region)$/.test(field)).map(([, value]) => value);
    expect(secrets.length).toBe(4);
    // Includes the access tokens of the hour.
    const forms = [...secrets.flatMap(formsOf), 'ya29.'];

    const files = [...(await filesBelow(join(folder, '.local'))), ...(await filesBelow(join(folder, 'out')))]
      // Except in the secrets file itself, and in compiled code, which contains the fakes.
      .filter((file) => file !== secretsFile && !file.includes('/code-cache/'));
    expect(files.map((file) => file.replace(folder, ''))).toEqual(
      expect.arrayContaining(['/.local/demo-fake/demo.log', '/.local/demo-fake/instances.json']),
    );
    const places: [string, Buffer][] = [
      ['stdout', Buffer.from(stdout)],
      ['stderr', Buffer.from(stderr)],
      ...commandLines.map((line): [string, Buffer] => [`arguments: ${line.slice(0, 60)}`, Buffer.from(line)]),
    ];
    for (const file of files) places.push([file.replace(folder, ''), await readFile(file)]);
    const found = places.flatMap(([place, bytes]) =>
      forms.filter((form) => bytes.includes(form)).map((form) => [place, form]),
    );
    expect(found).toEqual([]);

    // Proves that the search covers the log, tables, history and arguments: it finds the job and the worker there.
    const jobId = /"job_id": "(job-[^"]+)"/.exec(stdout)?.[1] ?? 'none';
    const placesWith = (form: string) =>
      places.filter(([, bytes]) => bytes.includes(form)).map(([place]) => place);
    expect(placesWith(jobId).join('\n')).toMatch(
      /demo\.log[\s\S]*instances\.json|instances\.json[\s\S]*demo\.log/,
    );
    expect(placesWith(jobId).join('\n')).toMatch(/\/states\//);
    if (process.platform === 'linux') expect(commandLines.join('\n')).toMatch(/renderer\/main\.ts/);
  },
  10 * minute,
);
