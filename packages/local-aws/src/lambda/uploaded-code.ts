import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { unzipSync } from 'fflate';
import { AwsError } from '../protocol/aws-error.ts';

/** Code that was uploaded as a zip. */
export interface UploadedCode {
  /** Module that exports `handler`. */
  file: string;
  /** Base64, as Lambda reports it. */
  codeSha256: string;
}

const entries = ['index.mjs', 'index.js', 'index.ts'];
const invalid = (message: string) => new AwsError('InvalidParameterValueException', message);

/** Unpacks a zip below `folder`, under its hash, so that each upload keeps its own code. */
export function unpackCode(folder: string, zip: Uint8Array): UploadedCode {
  const hash = createHash('sha256').update(zip).digest();
  const own = join(folder, hash.toString('hex'));
  if (!existsSync(own)) unpack(zip, own);
  const entry = entries.find((name) => existsSync(join(own, name)));
  if (!entry) throw invalid(`The zip has none of ${entries.join(', ')}, which has to export handler`);
  return { file: join(own, entry), codeSha256: hash.toString('base64') };
}

function unpack(zip: Uint8Array, folder: string): void {
  const draft = `${folder}.new`;
  rmSync(draft, { recursive: true, force: true });
  for (const [name, bytes] of Object.entries(filesOf(zip))) {
    const path = join(draft, name);
    if (!path.startsWith(draft + sep)) throw invalid(`The zip has the path ${name}, which leaves its folder`);
    mkdirSync(name.endsWith('/') ? path : dirname(path), { recursive: true });
    if (!name.endsWith('/')) writeFileSync(path, bytes);
  }
  mkdirSync(draft, { recursive: true });
  // Complete or absent, wherever this is killed.
  renameSync(draft, folder);
}

function filesOf(zip: Uint8Array) {
  try {
    return unzipSync(zip);
  } catch {
    throw invalid('Could not unzip uploaded file. Please check your file, then try to upload again.');
  }
}
