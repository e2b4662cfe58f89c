import type { LibraryFiles } from '../library-files.ts';
import { indexLibrary } from './library-index.ts';
import { publishingOrder, versionsIn } from './publishing-order.ts';

const png = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

/** Returns a library with these paths; a file called `picture…` begins like a picture. */
const libraryOf = (paths: string[], over: Partial<LibraryFiles> = {}): LibraryFiles => ({
  name: 'comics',
  isNamed: true,
  async *list() {
    yield* paths;
  },
  read: async () => Buffer.alloc(0),
  head: async (path) => (path.includes('picture') ? png : Buffer.from('text')),
  withLocalFile: async (path, use) => use(path),
  ...over,
});

const indexOf = async (...paths: string[]) => {
  const { chapters, ignored } = await indexLibrary(libraryOf(paths));
  return { ids: publishingOrder(chapters.values()).map(({ id }) => id), chapters, ignored };
};

test.each<[string, string[], string[]]>([
  [
    'archives of every kind',
    ['s/1.cbz', 's/2.ZIP', 's/3.cbr', 's/4.rar', 's/5.cb7', 's/6.7z', 's/7.cbt', 's/8.tar'],
    ['s/1', 's/2', 's/3', 's/4', 's/5', 's/6', 's/7', 's/8'],
  ],
  ['folders of pictures', ['s/c 1/1.jpg', 's/c 1/2.jpg', 's/c 2/1.jfif'], ['s/c 1', 's/c 2']],
  ['pictures without an extension', ['s/1/picture1', 's/1/picture2', 's/2/readme', 's/3/notes.txt'], ['s/1']],
  ['pictures in an unsupported format, which are reported', ['s/1/1.heic', 's/1/2.heic'], ['s/1']],
  ['not the artwork of a series', ['s/cover.jpg', 's/Folder.PNG', 's/poster.jpg', 's/1.cbz'], ['s/1']],
  [
    'not the artwork of a chapter',
    ['s/Chapter 1.jpg', 's/Chapter 1-2.jpg', 's/Chapter 1.cbz'],
    ['s/Chapter 1'],
  ],
  ['not a cover next to folders', ['s/cover.jpg', 's/banner.png', 's/1/1.jpg', 's/2/1.jpg'], ['s/1', 's/2']],
  ['not a folder with only a cover', ['s/cover.jpg', 's/sub/cover.webp'], []],
  ['a chapter with extras below it', ['s/1/01.jpg', 's/1/02.jpg', 's/1/extra/1.jpg'], ['s/1', 's/1/extra']],
  [
    'nothing that programs left behind',
    [
      ...[
        '#recycle/a.cbz',
        '#snapshot/GMT-2026/s/1.cbz',
        'Network Trash Folder/1.cbz',
        'Temporary Items/1.cbz',
        's/@eaDir/1.cbz/x.jpg',
        's/.thumbnails/1.jpg',
        '__MACOSX/._1.cbz',
        '.hidden/1.cbz',
        'found.000/1.cbz',
        'FOUND.012/1.cbz',
        'lost+found/1.cbz',
        'LOST.DIR/1.jpg',
        'System Volume Information/1.cbz',
        '$WinREAgent/1.cbz',
        'files_trashbin/1.cbz',
        '@tmp/1.cbz',
        ...['.stfolder', '.stversions', '.sync/Archive', '.caltrash', '.Trash-1000/files', '.recycle'].map(
          (name) => `${name}/1.cbz`,
        ),
        ...['s/~$1.cbz', 's/~syncthing~1.cbz.tmp', 's/1/desktop.ini', 's/1.cbz@SynoEAStream'],
      ],
      ...['s/._1.cbz', 's/.2.cbz', '$RECYCLE.BIN/1.zip', 's/1/Thumbs.db', '@Recycle/b/1.jpg', 's/1.cbz.part'],
    ],
    [],
  ],
])('finds %s', async (_, paths, ids) => {
  expect((await indexOf(...paths)).ids).toEqual(ids);
});

test('names files that are not published', async () => {
  const { ignored } = await indexOf(
    ...[
      's/1.cbz',
      's/2.cbz.part',
      's/book.pdf',
      's/fan art.png',
      's/novel.epub',
      's/cover.jpg',
      's/notes.txt',
    ],
  );
  expect(ignored).toEqual(['s/2.cbz.part', 's/book.pdf', 's/fan art.png', 's/novel.epub']);
});

test('a copy that a synchroniser made of a chapter is named, and is not a chapter', async () => {
  const copies = [
    's/Ch 1 (An’s conflicted copy 2026-01-02).cbz',
    's/Ch 1 (conflicted copy 2026-01-02 101112).cbz',
    's/Ch 1.sync-conflict-20260102-101112-ABCDEFG.cbz',
  ];
  const { ids, ignored } = await indexOf('s/Ch 1.cbz', 's/~Trưa~ 2.cbz', 's/Conflict 3.cbz', ...copies);
  expect([...ids].sort()).toEqual(['s/Ch 1', 's/Conflict 3', 's/~Trưa~ 2']);
  expect([...ignored].sort()).toEqual(copies);
});

test('chapters of the same name have different ids and refer to each other', async () => {
  const { ids, chapters } = await indexOf('a/1.zip', 'a/1.cbz', 'a/1/1.png', 'a/2.cbz');
  expect([...ids].sort()).toEqual(['a/1', 'a/1 (folder)', 'a/1.zip', 'a/2']);
  expect(chapters.get('a/1')).toMatchObject({ path: 'a/1.cbz', namesakes: ['a/1.zip', 'the folder a/1'] });
  expect(chapters.get('a/1.zip')?.namesakes).toEqual(['a/1.cbz', 'the folder a/1']);
  expect(chapters.get('a/2')?.namesakes).toEqual([]);
});

test.each<[string, string | null, string]>([
  ['One Piece/Chapter 3.cbz', 'One Piece', 'One Piece'],
  ['One Piece/Volume 01/Chapter 3.cbz', 'One Piece', 'One Piece'],
  ['One Piece/Vol 2/Ch 3/1.jpg', 'One Piece', 'One Piece'],
  ['86/Chapter 3.cbz', '86', '86'],
  ['86/01/3.cbz', '86', '86'],
  ['Volume 3/Chapter 3.cbz', null, 'comics'],
  ['vi/One Piece/3.cbz', 'vi/One Piece', 'One Piece'],
  ['One Piece v01 c001 (2003).cbz', null, 'One Piece'],
  ['Chapter 3.cbz', null, 'comics'],
  ['Ngõ Mây chương 3/1.jpg', null, 'Ngõ Mây'],
])('%s belongs to the series in %s, called %s', async (path, seriesFolder, seriesName) => {
  const { chapters } = await indexOf(path);
  expect([...chapters.values()]).toMatchObject([{ seriesFolder, seriesName }]);
});

test('does not use the name of a bucket for a series', async () => {
  const { chapters } = await indexLibrary(libraryOf(['Chapter 3.cbz'], { isNamed: false }));
  expect(chapters.get('Chapter 3')?.seriesName).toBe('Chapter 3');
});

test('orders the chapters of a series by their numbers, whatever their names', async () => {
  const { ids } = await indexOf(
    'x/Ch.0012.5.cbz',
    'x/chapter-02.cbz',
    'x/Ep 100.cbz',
    'a/b 2.cbz',
    'a/b 1 (2).cbz',
    'a/b 1.cbz',
  );
  expect(ids).toEqual(['a/b 1', 'a/b 1 (2)', 'a/b 2', 'x/chapter-02', 'x/Ch.0012.5', 'x/Ep 100']);
});

test.each([
  [
    'prologues, volumes, chapters and extras',
    [
      'x/Ngoại truyện 1',
      'x/Extra',
      'x/Chapter 10',
      'x/Chapter 9',
      'x/Quyển 2',
      'x/T.1',
      'x/Prologue',
      'x/Specials/SP01',
    ],
    [
      'x/Prologue',
      'x/T.1',
      'x/Quyển 2',
      'x/Chapter 9',
      'x/Chapter 10',
      'x/Extra',
      'x/Ngoại truyện 1',
      'x/Specials/SP01',
    ],
  ],
  [
    'parts of chapters, and extras behind them',
    ['x/番外01', 'x/第2話', 'x/第1話 後編', 'x/第10話', 'x/第1話 前編', 'x/第3話(2)', 'x/第3話(1)'],
    ['x/第1話 前編', 'x/第1話 後編', 'x/第2話', 'x/第3話(1)', 'x/第3話(2)', 'x/第10話', 'x/番外01'],
  ],
  ['parts without a number', ['x/下', 'x/中', 'x/上'], ['x/上', 'x/中', 'x/下']],
  ['Korean parts', ['x/1화 (하)', 'x/1화 (상)', 'x/외전 1화'], ['x/1화 (상)', 'x/1화 (하)', 'x/외전 1화']],
  ['annuals behind issues', ['x/x Annual #1', 'x/x #2', 'x/x #1'], ['x/x #1', 'x/x #2', 'x/x Annual #1']],
  ['Roman numbers', ['x/x X', 'x/x IX', 'x/x V'], ['x/x V', 'x/x IX', 'x/x X']],
  [
    'seasons with their own extras and numbers by their names',
    ['x/S2/Ch 1', 'x/S1/Extra', 'x/S1/Ch 1', 'x/S2/Prologue'],
    ['x/S1/Ch 1', 'x/S1/Extra', 'x/S2/Ch 1', 'x/S2/Prologue'],
  ],
])('orders %s', async (_, given, expected) => {
  const { ids } = await indexOf(...given.map((path) => `${path}.cbz`));
  expect(ids).toEqual(expected);
});

test('each one shot is a series, and specials belong to the series around them', async () => {
  const { chapters } = await indexOf('_oneshots/Mưa (2019).cbz', 'One-shots/Gió.cbz', 'x/Specials/x SP1.cbz');
  expect(new Set([...chapters.values()].map(({ series, seriesName }) => `${series}: ${seriesName}`))).toEqual(
    new Set(['_oneshots/Mưa: Mưa', 'One-shots/Gió: Gió', 'x: x']),
  );
});

test('a folder whose letters are stored in two ways is one series, and a chapter in both has two versions', async () => {
  const [stored, apart] = ['NFC', 'NFD'].map((form) => 'Tiếng Vọng/Chương 1.cbz'.normalize(form)) as [
    string,
    string,
  ];
  const { chapters } = await indexOf(stored, apart);
  expect(new Set([...chapters.values()].map(({ series }) => series)).size).toBe(1);
  expect(versionsIn(chapters.values()).size).toBe(2);
});

test('keeps series at the root together', async () => {
  const { chapters } = await indexOf('B 1.cbz', 'A 2.cbz', 'A 1.cbz');
  expect(publishingOrder(chapters.values()).map(({ id, series }) => [id, series])).toEqual([
    ['A 1', '/a'],
    ['A 2', '/a'],
    ['B 1', '/b'],
  ]);
});

test.each([
  [
    ['Mèo/Ch 5 [A].cbz', 'Mèo/Ch 5 [B].cbz', 'Mèo/Ch 5 v2.cbz', 'Mèo/Ch_05.cbz'],
    [['Mèo/Ch 5 [A]', 'Mèo/Ch 5 [B]', 'Mèo/Ch 5 v2']],
  ],
  [['Mèo/Chapter 60.cbz', 'Mèo/Chapter 60 (2).cbz', 'Mèo/Chapter 60 (Extra).cbz'], []],
  [['Mèo/Ch 5 [A].cbz', 'Chó/Ch 5 [B].cbz'], []],
  [
    ['Mèo/Ch 5.cbz', 'Mèo/Ch 5 - Copy.cbz', 'Mèo/Ch 5 - Copy (2).cbz'],
    [['Mèo/Ch 5', 'Mèo/Ch 5 - Copy', 'Mèo/Ch 5 - Copy (2)']],
  ],
  [['Mèo/第5話【前編】.cbz', 'Mèo/第5話【後編】.cbz'], []],
  [['Mèo/Ch 5 - Mưa.cbz', 'Mèo/Ch 5 - Nắng.cbz'], []],
  [['Mèo/Ch 5.cbz', 'Mèo/Ch 5.5.cbz', 'Mèo/Ch 5b.cbz'], []],
  [['Mèo/oneshot [A].cbz', 'Mèo/oneshot [B].cbz'], []],
  [['Mèo/Season 1/Ch 1.cbz', 'Mèo/Season 2/Ch 1.cbz'], []],
])('of %j the versions of a chapter are %j', async (paths, expected) => {
  const { chapters } = await indexOf(...paths);
  const versions = versionsIn(chapters.values());
  const groups = [...versions].map(([id, others]) => [id, ...others].sort());
  expect([...new Map(groups.map((group) => [group.join(), group])).values()]).toEqual(expected);
});
