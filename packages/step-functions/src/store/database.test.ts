import { openDatabase, transaction } from './database.ts';

/** Returns a database without a directory that has a table and room for little more. */
function smallDatabase() {
  const database = openDatabase(undefined);
  database.exec('CREATE TABLE notes (text TEXT)');
  const { page_count } = database.prepare('PRAGMA page_count').get() as { page_count: number };
  database.exec(`PRAGMA max_page_count = ${page_count + 10}`);
  const write = database.prepare('INSERT INTO notes VALUES (?)');
  const count = database.prepare('SELECT count(*) AS notes FROM notes');
  return { database, write: (text: string) => write.run(text), notes: () => count.get()?.notes };
}

describe('a transaction that fails', () => {
  test('stores nothing, and says why', () => {
    const { database, write, notes } = smallDatabase();
    const change = () => {
      write('a');
      throw new Error('not today');
    };
    expect(() => transaction(database, change)).toThrow('not today');
    expect(notes()).toBe(0);
    database.close();
  });

  test('on a full disk says so, and the next one can store again', () => {
    const { database, write, notes } = smallDatabase();
    const change = () => {
      for (let written = 0; written < 100; written += 1) write('a'.repeat(10_000));
    };
    expect(() => transaction(database, change)).toThrow('database or disk is full');
    transaction(database, () => void write('a'));
    expect(notes()).toBe(1);
    database.close();
  });
});
