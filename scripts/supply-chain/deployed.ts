/** Entry of the lockfile about one folder; `link` is npm's link to a package of this repository. */
interface LockedFolder {
  link?: boolean | undefined;
  resolved?: string | undefined;
  dependencies?: Readonly<Record<string, string>> | undefined;
  optionalDependencies?: Readonly<Record<string, string>> | undefined;
  peerDependencies?: Readonly<Record<string, string>> | undefined;
}
type Folders = Readonly<Record<string, LockedFolder>>;

/**
 * Returns the folders of all packages that a bundle can contain: those that the project's own dependencies reach. npm's
 * mark for development does not tell, since npm counts the dependencies of every workspace as deployed, and the embedded
 * cloud is for one machine only.
 */
export function deployedFolders(folders: Folders): ReadonlySet<string> {
  const reached = new Set(['']);
  for (const folder of reached) {
    const { link, resolved, ...entry } = folders[folder] ?? {};
    if (link && resolved !== undefined) reached.add(resolved);
    const { dependencies, optionalDependencies, peerDependencies } = entry;
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })) {
      const found = installedFor(folder, name, folders);
      if (found !== undefined) reached.add(found);
    }
  }
  return reached;
}

/** Returns the folder that Node finds for a package imported in another: the nearest node_modules above it. */
function installedFor(folder: string, name: string, folders: Folders): string | undefined {
  for (let at = folder; ; at = above(at)) {
    const candidate = `${at && `${at}/`}node_modules/${name}`;
    if (Object.hasOwn(folders, candidate)) return candidate;
    if (at === '') return undefined;
  }
}

/** Returns the package around a folder: `node_modules/a` for `node_modules/a/node_modules/b`, otherwise the root. */
const above = (folder: string): string => folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')));
