import { createRequire } from 'node:module';

interface Closable {
  close(): Promise<void>;
}
interface LevelParts {
  AbstractKeyIterator: { prototype: Closable };
  AbstractValueIterator: { prototype: Closable };
}

/**
 * dynalite 4 ends what it reads by `return`, which iterators of its LevelDB do not have: none was ever closed, and each
 * kept alive what the database had in memory when it was opened. This gives them one.
 */
export function closeIteratorsAtTheirEnd(): void {
  const { AbstractKeyIterator, AbstractValueIterator } = levelOfDynalite();
  for (const { prototype } of [AbstractKeyIterator, AbstractValueIterator])
    Object.assign(prototype, {
      return(this: Closable) {
        return this.close();
      },
    });
}

/** The very classes that dynalite's database is made of, whatever else is installed. */
export function levelOfDynalite(): LevelParts {
  const chain = ['level', 'classic-level', 'abstract-level'];
  const path = chain.reduce(
    (from, name) => createRequire(from).resolve(name),
    import.meta.resolve('dynalite'),
  );
  return createRequire(path)(path) as LevelParts;
}
