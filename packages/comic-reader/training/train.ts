/**
 * Makes src/data/vie_comic.traineddata.gz: continues the training of Tesseract's fast data for Vietnamese on lines of comic
 * lettering (README.md). Takes about an hour of one core. Needs Debian's `tesseract-ocr` 5.3, and the fonts:
 *
 *   npm ci --prefix packages/comic-reader/training
 *   node packages/comic-reader/training/train.ts [<folder for what is made on the way>]
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { type MissingLetter, withCodes, withLetters } from './alphabet.ts';
import { floatNetwork } from './float-network.ts';
import { drawLines } from './line-set.ts';

/** The published data cannot read "Suỵt!". */
const missing: readonly MissingLetter[] = [{ small: 'ỵ', capital: 'Ỵ' }];

const all = ['clear', 'poor', 'letters', 'letters'] as const;
/** Stages of the training: the lines, how fast it learns, and how many of them it sees. */
const stages = [
  { name: 'clear', sets: ['clear'], rate: 1e-3, lines: 20_000 },
  { name: 'poor', sets: ['clear', 'poor'], rate: 3e-4, lines: 12_000 },
  { name: 'letters', sets: all, rate: 2e-4, lines: 8_000 },
  { name: 'end', sets: all, rate: 7e-5, lines: 6_000 },
] as const;

const folder = resolve(process.argv[2] ?? mkdtempSync(join(tmpdir(), 'comic-lettering-')));

const part = (name: string) => join(folder, `vie.${name}`);
const published = join(folder, 'published.traineddata');
const extended = join(folder, 'vie.traineddata');
const data = (name: string) => new URL(`../src/data/${name}.traineddata.gz`, import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(published, gunzipSync(readFileSync(data('vie'))));
console.log(`Working in ${folder}`);

runTool('combine_tessdata', ['-u', published, part('')]);
copyFileSync(published, extended);
writeFileSync(part('float'), floatNetwork(readFileSync(part('lstm'))));
writeFileSync(part('lstm-unicharset'), withLetters(readFileSync(part('lstm-unicharset'), 'utf8'), missing));
writeFileSync(part('lstm-recoder'), withCodes(readFileSync(part('lstm-recoder')), 2 * missing.length));
runTool('combine_tessdata', ['-o', extended, part('lstm-unicharset'), part('lstm-recoder')]);

const lists = {
  clear: await drawLines('clear', folder),
  poor: await drawLines('poor', folder),
  letters: await drawLines('letters', folder),
  scored: await drawLines('scored', folder),
};

let from = ['--continue_from', part('float'), '--old_traineddata', published];
for (const { name, sets, rate, lines } of stages) {
  const list = join(folder, `${name}.stage`);
  writeFileSync(list, sets.map((set) => readFileSync(lists[set], 'utf8')).join(''));
  const output = join(folder, name);
  console.log(`Stage "${name}", ${lines} lines`);
  runTool('lstmtraining', [
    ...from,
    ...['--traineddata', extended, '--train_listfile', list, '--model_output', output],
    ...['--learning_rate', String(rate), '--reset_learning_rate', '--max_iterations', String(lines)],
  ]);
  from = ['--continue_from', `${output}_checkpoint`];
}
const trained = join(folder, 'trained.traineddata');
runTool('lstmtraining', [
  ...['--stop_training', '--convert_to_int', ...from],
  ...['--traineddata', extended, '--model_output', trained],
]);
for (const file of [published, trained]) console.log(`${file}: ${scoreOf(file)}`);
writeFileSync(data('vie_comic'), gzipSync(readFileSync(trained), { level: 9 }));

/** Returns the shares of wrong characters and words in fonts that nothing is trained on. */
function scoreOf(file: string): string {
  const read = runTool('lstmeval', ['--model', file, '--eval_listfile', lists.scored, '--verbosity', '0']);
  return /BCER eval=.*/.exec(read)?.[0] ?? 'no score';
}

/** Runs a program of tesseract on one core, because sums in another order give another network; returns what it prints. */
function runTool(program: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    encoding: 'utf8',
    env: { ...process.env, OMP_THREAD_LIMIT: '1' },
    maxBuffer: 1e9,
  });
  if (error) throw new Error(`${program} did not start (apt-get install tesseract-ocr): ${error.message}`);
  if (status !== 0) throw new Error(`${program} failed: ${stderr.slice(-2000)}`);
  return stdout + stderr;
}
