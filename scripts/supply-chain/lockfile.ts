import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const Entry = z.object({
  version: z.string().optional(),
  integrity: z.string().optional(),
  license: z.string().optional(),
  /** Only development needs it: no bundle can contain a part of it. */
  dev: z.boolean().default(false),
  /** Included in the archive of another package, under that one's hash. */
  inBundle: z.boolean().default(false),
  /** A package of this repository, which npm links. */
  link: z.boolean().default(false),
});
const Lockfile = z.object({ packages: z.record(z.string(), Entry) });

export interface LockedPackage extends z.infer<typeof Entry> {
  name: string;
  /** npm's path for it, relative to the root of the project. */
  folder: string;
}

/** Returns every package in the lockfile that npm downloads and installs. */
export async function lockedPackages(root: string): Promise<LockedPackage[]> {
  const { packages } = Lockfile.parse(JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')));
  return Object.entries(packages)
    .filter(([folder, { link }]) => folder.includes('node_modules/') && !link)
    .map(([folder, entry]) => ({ ...entry, folder, name: folder.split('node_modules/').at(-1) ?? folder }));
}
