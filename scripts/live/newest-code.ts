import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { aliasVersion, chooseVersion } from '../../aws/function-aliases.ts';
import { liveAlias } from '../../config/functions.ts';

/** The debugger replaces the newest code, which is not a published version. */
const newest = '$LATEST';
const fileIn = (folder: string) => join(folder, 'versions.json');
const Versions = z.record(z.string(), z.string());

/** Makes calls of the functions run their newest code; what they ran before is kept in a file of the folder. */
export async function callNewestCode(functionNames: readonly string[], folder: string): Promise<void> {
  const kept = existsSync(fileIn(folder)) ? versionsIn(folder) : {};
  for (const name of functionNames) {
    const version = await aliasVersion(name, liveAlias);
    if (version && version !== newest) kept[name] = version;
  }
  writeFileSync(fileIn(folder), JSON.stringify(kept));
  for (const name of Object.keys(kept)) await chooseVersion(name, liveAlias, newest);
}

/** Makes calls run the earlier versions again, except where something else has chosen one since. */
export async function callKeptVersions(folder: string): Promise<void> {
  if (!existsSync(fileIn(folder))) return;
  for (const [name, version] of Object.entries(versionsIn(folder)))
    if ((await aliasVersion(name, liveAlias)) === newest) await chooseVersion(name, liveAlias, version);
  rmSync(fileIn(folder));
}

const versionsIn = (folder: string) => Versions.parse(JSON.parse(readFileSync(fileIn(folder), 'utf8')));
