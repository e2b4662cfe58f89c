import { createRequire } from 'node:module';

interface Closable {
  close(): Promise<void>;
  next(): Promise<unknown>;
}
interface LevelParts {
  AbstractKeyIterator: { prototype: Closable };
  AbstractValueIterator: { prototype: Closable };
}

/**
 * Adds `return` to iterators of LevelDB. dynalite 4 ends reads by calling it, but the iterators do not have it: they
 * were never closed, and each kept the database's memory from when it was opened.
 *
 * A read of a database that closes gets no reply: dynalite throws the iterator's error where nothing can catch it.
 */
export function closeIteratorsAtTheirEnd(): void {
  const { AbstractKeyIterator, AbstractValueIterator } = levelOfDynalite();
  for (const { prototype } of [AbstractKeyIterator, AbstractValueIterator]) {
    if (Object.hasOwn(prototype, 'return')) continue;
    const { next } = prototype;
    Object.assign(prototype, {
      next(this: Closable) {
        return next.call(this).catch((error: { code?: string }) => {
          if (error.code !== 'LEVEL_ITERATOR_NOT_OPEN') throw error;
          return new Promise(() => {});
        });
      },
      return(this: Closable) {
        return this.close();
      },
    });
  }
}

/** Returns the classes that dynalite's own database uses, even when another version is installed. */
export function levelOfDynalite(): LevelParts {
  const chain = ['level', 'classic-level', 'abstract-level'];
  const path = chain.reduce(
    (from, name) => createRequire(from).resolve(name),
    import.meta.resolve('dynalite'),
  );
  return createRequire(path)(path) as LevelParts;
}
