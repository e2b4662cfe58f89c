import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { deployedFolders } from './deployed.ts';

const needs = z.record(z.string(), z.string()).optional();
const Entry = z.object({
  version: z.string().optional(),
  integrity: z.string().optional(),
  license: z.string().optional(),
  /** Included in the archive of another package, under that one's hash. */
  inBundle: z.boolean().default(false),
  /** A package of this repository, which npm links. */
  link: z.boolean().default(false),
  resolved: z.string().optional(),
  ...{ dependencies: needs, optionalDependencies: needs, peerDependencies: needs },
});
const Lockfile = z.object({ packages: z.record(z.string(), Entry) });

/** A folder where npm installs or links a package. */
export interface LockedFolder extends z.infer<typeof Entry> {
  /** Only development needs it: no bundle can contain a part of it. */
  dev: boolean;
}

/** Returns the lockfile by npm's paths, relative to the root of the project. */
export async function readLockfile(root: string): Promise<Readonly<Record<string, LockedFolder>>> {
  const { packages } = Lockfile.parse(JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')));
  const deployed = deployedFolders(packages);
  return Object.fromEntries(
    Object.entries(packages).map(([folder, entry]) => [folder, { ...entry, dev: !deployed.has(folder) }]),
  );
}

export interface LockedPackage extends LockedFolder {
  name: string;
  /** npm's path for it, relative to the root of the project. */
  folder: string;
}

/** Returns every package in the lockfile that npm downloads and installs. */
export async function lockedPackages(root: string): Promise<LockedPackage[]> {
  return Object.entries(await readLockfile(root))
    .filter(([folder, { link }]) => folder.includes('node_modules/') && !link)
    .map(([folder, entry]) => ({ ...entry, folder, name: folder.split('node_modules/').at(-1) ?? folder }));
}
