/** Texts of definitions, by their hash. */

import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';

export interface Definitions {
  /** Stores the text and returns its id. */
  keep(text: string): string;
}

export function openDefinitions(database: DatabaseSync): Definitions {
  const insert = database.prepare('INSERT OR IGNORE INTO definitions (id, text) VALUES (?, ?)');
  const known = new Map<string, string>();
  return {
    keep(text) {
      const kept = known.get(text);
      if (kept !== undefined) return kept;
      const id = createHash('sha256').update(text).digest('hex');
      insert.run(id, text);
      if (known.size >= 100) known.clear();
      known.set(text, id);
      return id;
    },
  };
}
