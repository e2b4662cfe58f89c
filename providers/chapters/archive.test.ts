import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { withArchive } from './archive.ts';
import { type Contents, rar4, rar5, sevenZip, tar } from './testing/archives.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'archive-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Returns the files of an archive, read in the order of `wanted`, or in the archive's order. */
async function contentsOf(bytes: Uint8Array, wanted?: string[]) {
  const path = join(folder, 'archive.cbz');
  await writeFile(path, bytes);
  return withArchive(path, 'x.cbz', async ({ names, head, read, notes }) => {
    const files: Record<string, Buffer> = {};
    for (const name of wanted ?? names) {
      const whole = Buffer.from(await read(name));
      expect(Buffer.from(await head(name)).equals(whole.subarray(0, 4096))).toBe(true);
      files[name] = whole;
    }
    return { names, files, notes };
  });
}
const refused = (bytes: Uint8Array, message: RegExp) =>
  expect(contentsOf(bytes)).rejects.toMatchObject({
    name: 'ChapterUnreadable',
    message: expect.stringMatching(message),
  });

const noise = (size: number, seed: number) =>
  Buffer.from(Array.from({ length: size }, (_, i) => (i * seed) >> 3));
const files: Contents = {
  '10.png': noise(9000, 7),
  'ページ/2.png': noise(5000, 11),
  'ComicInfo.xml': Buffer.from('<ComicInfo/>'),
  'b/1.png': noise(70_000, 13),
};
const latin: Contents = Object.fromEntries(
  Object.entries(files).map(([name, bytes]) => [name.replace('ページ', 'page'), bytes]),
);

test.each<[string, Buffer, Contents]>([
  ['ZIP', Buffer.from(zipSync(files)), files],
  ['RAR 5', rar5(files), files],
  ['RAR 4', rar4(latin), latin],
  ['7z', sevenZip(files), files],
  ['TAR', tar(files), files],
])('reads a %s under any name, in any order', async (_, bytes, expected) => {
  const names = Object.keys(expected);
  for (const wanted of [names, [...names].reverse(), [names[2], names[0], names[3], names[1]] as string[]]) {
    const read = await contentsOf(bytes, wanted);
    expect([...read.names].sort()).toEqual([...names].sort());
    for (const name of names) expect(read.files[name]?.equals(expected[name] as Buffer)).toBe(true);
  }
  expect((await readdir(tmpdir())).filter((name) => name.startsWith(`waiting-${process.pid}-`))).toEqual([]);
});

/** Output of 7-Zip 26: two pages and a ComicInfo.xml in LZMA2 or PPMd, and the pages with a password. */
const by7Zip = {
  lzma: 'N3q8ryccAARiiWIkugAAAAAAAAAiAAAAAAAAADWoJUsBACA8Q29taWNJbmZvLz5maXJzdCBwYWdlc2Vjb25kIHBhZ2UAAACBMweuD9BaW3yfP0dBBYeGo4oceG1NqB7mPWMWBW6kNQCATFTJ3llmcoKLL28kzS/z87KEaUM2YLPWjJEgKZSKhhn6YeW5jP5+fCSboHjSSK2HExO8E6PL1I1sTQysOLBzEw8/fBBP0SOXfFlVF6UeqbeKEX/diyZCYiTUp9jLsRPiskxxo3Tpo3FgTkF7JzgAAAAXBiUBCYCVAAcLAQABIwMBAQVdABAAAAyA1goBvn1NRQAA',
  ppmd: 'N3q8ryccAARBM9yynAAAAAAAAAAhAAAAAAAAABBxej8AZgVYJBVmsk0wjCSxuwAAcvB+Z1OZCru5BrgLwAAAAIEzB64xmVF9K8LbespgOtuCnaXVSq8+wIfSIHlK5pH78nYHMHsRwoIAaG1UTXUdoNre4cCsD6UcWxadGmRSIjn1L6HgR4vrF70qCWN/IqEOSVmiM9nQPi9DZym6+lc/FiZyLPajKzBxSPyJ0keRO9iRpGeMAVjhYsAAAAAXBh4BCX4ABwsBAAEjAwEBBV0AEAAADICyCgFfCXY/AAA=',
  encrypted:
    'N3q8ryccAASXt7WbtwAAAAAAAAAiAAAAAAAAALW24guRYbGc9cglalGfaCyasRnx2dmybJhqg7wFwLAk7ntqQwAAgTMHrg/QDrA8nzkQnJ+m1TPasi6wxlj+/Zj6V7NTutVqWjSqQVipqx3ctXK8liRMO1vCwbzaiIGpNZINld+IzeB8250YWx4Ae4WemR7+HiwGTUApk+UdjH8Xy+z2/02LUhJxdgXUsZZH8gI3nMq+3u3mRsrA3RapS/ownRntaK+uYifVVFgw5btyDK5FojhKQAAAAAAXBiABCYCXAAcLAQABIwMBAQVdABAAAAyAwgoBN9YxeQAA',
  encryptedNames:
    'N3q8ryccAATaEoPPwAAAAAAAAAA+AAAAAAAAAGtcGNL+ED3actRukzESsYSA+sNbjQP+H00QqbbVABWX3Fu8m0iyz3ZXbX8kWeuwE47OGMxuP8IWhzmqyASmmfsCM3oYuCUNr7Q490Tiygi718IZQFd8qjyAp5FXvsx8HlMxAQN+piJZ48M7nxCarMOIbTIod+4JnEU841yhNj3JJ9tCTTj/2We6b2FAly+ZPljNn88BAM/i7dP0LkjXiF+P8en8y8z9KNYTvnGja/ehjr7aX7wAuzd/NEXmHn0mwE6zvMIXBiABCYCgAAcLAQACJAbxBwESUw/njuaJDGjkNZv8FIpT3gmuIwMBAQVdABAAAAEADICXgMIKAZ4DhkkAAA==',
};
const packed = (name: keyof typeof by7Zip) => Buffer.from(by7Zip[name], 'base64');

test('reads a 7z from 7-Zip, with complete names', async () => {
  const pages = ['ページ/Mèo 10.png', 'ページ/表 2.png'];
  for (const name of ['lzma', 'ppmd'] as const) {
    const { files: read, notes } = await contentsOf(packed(name), [...pages].reverse());
    expect(pages.map((page) => `${read[page]}`)).toEqual(['first page', 'second page']);
    expect(notes).toEqual([]);
  }
});

test('reads names of an old RAR in Unicode and in the code page of their author', async () => {
  // A byte for the upper half, then instructions: three characters in full, `.png` as bytes.
  const unicode = [
    0,
    ...[0b10101000, 0xda, 0x30, 0xfc, 0x30, 0xb8, 0x30, 0x2e],
    0b00000000,
    ...Buffer.from('png'),
  ];
  const withUnicode = Buffer.concat([Buffer.from('___.png\0'), Buffer.from(unicode)]).toString('latin1');
  const { names } = await contentsOf(rar4({ [withUnicode]: noise(40, 3) }, { unicode: true }));
  expect(names).toEqual(['ページ.png']);
  const shiftJis = Buffer.from([0x83, 0x79, 0x81, 0x5b, 0x83, 0x57, 0x8f, 0x5c]).toString('latin1');
  expect((await contentsOf(rar4({ [shiftJis]: noise(40, 3) }))).names).toEqual(['ページ十']);
});

test.each<[string, (zip: Buffer) => Buffer]>([
  ['bytes after it', (zip) => Buffer.concat([zip, Buffer.from('\0\r\n<!-- appended -->')])],
  ['many bytes after it', (zip) => Buffer.concat([zip, Buffer.alloc(200_000, 'x')])],
  ['bytes before it', (zip) => Buffer.concat([Buffer.from('#!/bin/sh\nexit\n'), zip])],
  ['bytes before and after it', (zip) => Buffer.concat([Buffer.alloc(3000, 1), zip, Buffer.alloc(30)])],
  ['a comment that is longer than it says', (zip) => Buffer.concat([zip, Buffer.from('comment')])],
])('reads a ZIP with %s', async (_, change) => {
  const { files: read } = await contentsOf(change(Buffer.from(zipSync(files))));
  for (const [name, bytes] of Object.entries(files)) expect(read[name]?.equals(bytes as Buffer)).toBe(true);
});

const flagged = (bit: number) => {
  const zip = Buffer.from(zipSync({ '1.png': noise(50, 3) }));
  const directory = zip.indexOf(Buffer.from('PK\x01\x02', 'latin1'));
  zip.writeUInt16LE(zip.readUInt16LE(directory + 8) | bit, directory + 8);
  return zip;
};
/** Returns a ZIP as ZIP64 (APPNOTE 4.3.14), whose end says how many files it has. */
const asZip64 = (zip: Buffer, files: bigint) => {
  const end = zip.length - 22;
  const directory = zip.readUInt32LE(end + 16);
  const long = Buffer.alloc(76);
  long.write('PK\x06\x06', 0, 'latin1');
  long.writeBigUInt64LE(44n, 4);
  long.writeUInt16LE(62, 14);
  long.writeBigUInt64LE(files, 24);
  long.writeBigUInt64LE(files, 32);
  long.writeBigUInt64LE(BigInt(end - directory), 40);
  long.writeBigUInt64LE(BigInt(directory), 48);
  long.write('PK\x06\x07', 56, 'latin1');
  long.writeBigUInt64LE(BigInt(end), 64);
  long.writeUInt32LE(1, 72);
  return Buffer.concat([zip.subarray(0, end), long, zip.subarray(end)]);
};
/** Makes a ZIP whose directory PKZIP encrypts: the pages' own headers hide their values. */
const encryptedDirectory = (isLong: boolean) => {
  const zip = Buffer.from(zipSync({ '1.png': noise(50, 3) }));
  zip.writeUInt16LE(zip.readUInt16LE(6) | 0x2041, 6);
  const end = zip.length - 22;
  const directory = zip.indexOf(Buffer.from('PK\x01\x02', 'latin1'));
  zip.fill(0xa7, directory, end);
  return isLong ? asZip64(zip, 1n) : zip;
};
const fewerThanThere = () => {
  const zip = Buffer.from(zipSync({ '1.png': noise(50, 3), '2.png': noise(60, 3) }));
  zip.writeUInt16LE(1, zip.length - 22 + 10);
  return zip;
};
const packedBy = (method: number, name = '1.png') => {
  const zip = Buffer.from(zipSync({ [name]: noise(50, 3) }));
  zip.writeUInt16LE(method, zip.indexOf(Buffer.from('PK\x01\x02', 'latin1')) + 10);
  return zip;
};

test.each<[string, () => Uint8Array, RegExp]>([
  ['an encrypted ZIP', () => flagged(1), /^x\.cbz is encrypted/],
  [
    'a ZIP with strong encryption',
    () => flagged(0x41),
    /^x\.cbz can't be read as a ZIP archive, because it is encrypted/,
  ],
  [
    'a ZIP with an encrypted directory',
    () => encryptedDirectory(false),
    /an encrypted ZIP archive, even its list/,
  ],
  [
    'a ZIP64 with an encrypted directory',
    () => encryptedDirectory(true),
    /an encrypted ZIP archive, even its list/,
  ],
  ['an encrypted RAR 5', () => rar5(files, { encrypted: true }), /^x\.cbz is an encrypted RAR 5 archive/],
  ['an encrypted RAR', () => rar4(latin, { encrypted: true }), /^x\.cbz is an encrypted RAR archive/],
  [
    'a part of a RAR',
    () => rar5(files, { volume: true }),
    /^x\.cbz is one part of a RAR 5 archive that is split into several files/,
  ],
  [
    'a truncated RAR 5',
    () => rar5(files).subarray(0, -20),
    /^x\.cbz is a RAR 5 archive that is damaged or truncated/,
  ],
  [
    'a truncated RAR',
    () => rar4(latin).subarray(0, -40_000),
    /^x\.cbz is a RAR archive that is damaged or truncated/,
  ],
  ['a truncated 7z', () => sevenZip(files).subarray(0, -20), /^x\.cbz is a truncated 7z archive/],
  [
    'a truncated TAR',
    () => tar(files).subarray(0, 20_000),
    /^x\.cbz can't be read: the TAR archive is truncated/,
  ],
  ['a truncated ZIP', () => zipSync(files).subarray(0, 300), /^x\.cbz .* without its end: it was truncated/],
  ['a ZIP with more files than its directory says', fewerThanThere, /more files than it declares/],
  ['a ZIP packed by Deflate64', () => packedBy(9), /1\.png is packed by Deflate64; pack it as a plain ZIP/],
  ['a page with a Vietnamese name', () => packedBy(14, 'ỗ.png'), /can't be read: ỗ\.png is packed by LZMA/],
  [
    'a PDF',
    () => Buffer.from('%PDF-1.7\n%'),
    /it is a PDF document; chapters are ZIP, RAR, 7z or TAR archives/,
  ],
  ['a web page', () => Buffer.from('\n<!DOCTYPE html><title>404'), /it is a web page; the download failed/],
  ['a gzip file', () => Buffer.from([0x1f, 0x8b, 8, 0, 0]), /it is a gzip file/],
  ['nothing', () => Buffer.alloc(0), /it is empty/],
  ['a RAR with a path out of it', () => rar5({ '../../evil.png': noise(9, 3) }), /invalid relative path/],
  ['a TAR with a path out of it', () => tar({ '../evil.png': noise(9, 3) }), /invalid relative path/],
  ['a 7z with an absolute path', () => sevenZip({ '/evil.png': noise(9, 3) }), /absolute path/],
])('rejects %s by name', (_, bytes, message) => refused(bytes(), message));

test('rejects pages of a RAR with a wrong checksum', async () => {
  const bytes = rar5(files);
  bytes[bytes.length - 30_000] = (bytes[bytes.length - 30_000] ?? 0) ^ 0xff;
  await refused(bytes, /^x\.cbz can't be read as a RAR 5 archive: .*png: a checksum is wrong/);
});

test.each<[string, Uint8Array]>([
  ['ZIP', zipSync({ '1.png': noise(50, 3), '2.png': [noise(5, 1), { os: 3, attrs: 0o120777 << 16 }] })],
  ['TAR', tar({ '1.png': noise(50, 3), '2.png': { symbolic: '1.png' } })],
  ['TAR with a hard link to nothing', tar({ '1.png': noise(50, 3), '2.png': { hard: '0.png' } })],
])('names a link in a %s, but does not follow it', async (_, bytes) => {
  await expect(contentsOf(bytes, ['1.png'])).resolves.toMatchObject({ names: ['1.png', '2.png'] });
  await refused(bytes, /^x\.cbz: 2\.png is a link to another file, which is not followed$/);
});

test('reads a page that TAR stores as a hard link to an earlier one', async () => {
  const bytes = tar({ './1.png': noise(50, 3), '2.png': { hard: './1.png' } });
  expect((await contentsOf(bytes)).files).toEqual({ '1.png': noise(50, 3), '2.png': noise(50, 3) });
});

test('keeps both of two files with the same name', async () => {
  const zip = Buffer.from(zipSync({ '1.png': noise(50, 3), '2.png': noise(60, 3) }).buffer);
  const renamed = Buffer.from(zip.toString('latin1').replaceAll('2.png', '1.png'), 'latin1');
  const { names, notes } = await contentsOf(renamed);
  expect(names).toEqual(['1.png', '1 [2].png']);
  expect(notes).toEqual(['x.cbz has more than one file called 1.png']);
});

/** Makes a ZIP whose names are these bytes, with or without the flag for UTF-8. */
const named = (...names: number[][]) => {
  const places = names.map((bytes, i) => String.fromCharCode(97 + i).repeat(bytes.length));
  let zip = Buffer.from(
    zipSync(Object.fromEntries(places.map((place, i) => [place, noise(20 + i, 3)]))),
  ).toString('latin1');
  for (const [i, place] of places.entries())
    zip = zip.replaceAll(place, Buffer.from(names[i] as number[]).toString('latin1'));
  return Buffer.from(zip, 'latin1');
};

test('a byte 0x5C inside a Shift-JIS character does not separate folders, also at the end of a name', async () => {
  const { names, notes } = await contentsOf(
    named([0x95, 0x5c, 0x2f, 0x83, 0x5c, 0x81, 0x5b], [0x83, 0x79, 0x81, 0x5b, 0x83, 0x57, 0x8f, 0x5c]),
  );
  expect(names).toEqual(['表/ソー', 'ページ十']);
  expect(notes).toEqual(['The file names in x.cbz do not declare their encoding and are read as shift_jis']);
});

test('uses the Unicode name of Info-ZIP if its checksum is that of the name beside it', async () => {
  const field = (of: string) => {
    const checksum = Buffer.alloc(4);
    checksum.writeUInt32LE(crc32(of));
    return { 28789: Buffer.concat([Buffer.of(1), checksum, Buffer.from('Mèo.png')]) };
  };
  const zip = (of: string) => zipSync({ 'Meo.png': [noise(20, 3), { extra: field(of) }] });
  expect((await contentsOf(zip('Meo.png'))).names).toEqual(['Mèo.png']);
  expect((await contentsOf(zip('old.png'))).names).toEqual(['Meo.png']);
});

test('a Windows backslash separates folders, and a leading dot does not change a path', async () => {
  const { names } = await contentsOf(named([...Buffer.from('a\\1.png')], [...Buffer.from('./b/2.png')]));
  expect(names).toEqual(['a/1.png', 'b/2.png']);
});

/** Returns a ZIP of one page, with a number of 32 bits in its directory changed. */
const withNumber = (place: number, value: number) => {
  const zip = Buffer.from(zipSync({ '1.png': noise(50_000, 3) }));
  zip.writeUInt32LE(value, zip.indexOf(Buffer.from('PK\x01\x02', 'latin1')) + place);
  return zip;
};
/** Returns a ZIP whose page declares its size in the field of ZIP64 (APPNOTE 4.5.3). */
const withLongSize = (size: bigint) => {
  const field = Buffer.alloc(8);
  field.writeBigUInt64LE(size);
  const zip = Buffer.from(zipSync({ '1.png': [noise(50, 3), { extra: { 1: field } }] }));
  zip.writeUInt32LE(0xffffffff, zip.indexOf(Buffer.from('PK\x01\x02', 'latin1')) + 24);
  return zip;
};
const several = (count: number, name: (i: number) => string) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [name(i), Buffer.of(1)]));
/** Returns a TAR of one page, with a field of its header changed. */
const tarWith = (place: number, bytes: Buffer) => {
  const archive = tar({ '1.png': noise(50, 3) });
  bytes.copy(archive, place);
  archive.fill(' ', 148, 156);
  const sum = archive.subarray(0, 512).reduce((all, byte) => all + byte, 0);
  archive.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return archive;
};

test.each<[string, () => Uint8Array, RegExp]>([
  ['a page that is larger than it declares', () => withNumber(24, 100), /1\.png: too many bytes/],
  ['a page that is smaller than it declares', () => withNumber(24, 60_000), /1\.png: not enough bytes/],
  ['a page with another checksum', () => withNumber(16, 7), /ZIP archive: 1\.png: a checksum is wrong/],
  ['a page that is not where it should be', () => withNumber(42, 1e6), /1\.png: the file ends too early/],
  [
    'a page that declares petabytes',
    () => withLongSize(5n * 10n ** 15n),
    /too large when unpacked: 1\.png is 5000000000000000 bytes/,
  ],
  [
    'a ZIP64 with too many files',
    () =>
      asZip64(
        Buffer.from(
          zipSync(
            several(10_001, (i) => `${i}.png`),
            { level: 0 },
          ),
        ),
        2n ** 40n,
      ),
    /^x\.cbz has more than 10000 files and folders$/,
  ],
  ['too many folders', () => zipSync(several(10_001, (i) => `${i}/`)), /more than 10000 files and folders/],
  ['too many files in a TAR', () => tar(several(10_001, (i) => `${i}.png`)), /more than 10000 files/],
  [
    'a name that no disk can have',
    () => zipSync({ ['a'.repeat(5000)]: noise(9, 3) }),
    /a file whose name has more than 4096 bytes: a{60}…$/,
  ],
  [
    'a TAR with a page of petabytes',
    () => tarWith(124, Buffer.from('800000000011c37937e08000', 'hex')),
    /the TAR archive is truncated or damaged/,
  ],
  ['a sparse file', () => tarWith(156, Buffer.from('S')), /^x\.cbz: 1\.png is stored as a sparse file/],
  ['a pipe', () => tarWith(156, Buffer.from('6')), /^x\.cbz: 1\.png is a device or a pipe/],
])('refuses %s by name', (_, bytes, message) => refused(bytes(), message));

test('reads names of 4 KB, and thousands of files of one name', async () => {
  const long = `${'a'.repeat(4092)}.png`;
  expect((await contentsOf(zipSync({ [long]: noise(9, 3) }))).names).toEqual([long]);
  const alike = zipSync(
    several(3000, (i) => `${`${i}`.padStart(4, '0')}.png`),
    { level: 0 },
  );
  const renamed = Buffer.from(
    Buffer.from(alike)
      .toString('latin1')
      .replace(/\d{4}\.png/g, '0001.png'),
    'latin1',
  );
  const { names } = await contentsOf(renamed);
  expect(new Set(names).size).toBe(3000);
  expect(names.at(-1)).toBe('0001 [3000].png');
});

test.each<[string, Uint8Array]>([
  ['ZIP', zipSync({ 'a\0\n\x1b.png': noise(9, 3) })],
  ['TAR', tarWith(0, Buffer.from('a\n\r\x1b.png'))],
  ['RAR 5', rar5({ 'a\0\n\x1b.png': noise(9, 3) })],
])('replaces control characters in the names of a %s, and says so', async (_, bytes) => {
  const { names, notes } = await contentsOf(bytes);
  expect(names).toEqual(['a\uFFFD\uFFFD\uFFFD.png']);
  expect(notes).toEqual(['x.cbz has file names with control characters, shown as \uFFFD']);
});

test('says that a TAR has no end, since it can be truncated between two files', async () => {
  const { names, notes } = await contentsOf(tar({ '1.png': noise(50, 3) }).subarray(0, -1024));
  expect(names).toEqual(['1.png']);
  expect(notes).toEqual(['x.cbz has no end mark: files after the last one may be missing']);
});

test('unpacks the same bytes that were packed, for random contents', async () => {
  const name = fc
    .array(fc.stringMatching(/^[\p{L}\p{N}_ ()-]{1,12}$/u), { minLength: 1, maxLength: 3 })
    .map((parts) => `${parts.map((part) => part.trim() || 'x').join('/')}.png`.normalize('NFC'));
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 3000 });
  const contents = fc.dictionary(name, bytes, { minKeys: 1, maxKeys: 6, noNullPrototype: true });
  await fc.assert(
    fc.asyncProperty(contents, fc.constantFrom(rar5, sevenZip, tar, zipSync), async (packedFiles, pack) => {
      fc.pre(Object.keys(packedFiles).every((path) => Buffer.byteLength(path) < 100));
      const { files: read, notes } = await contentsOf(pack(packedFiles));
      expect(Object.keys(read).sort()).toEqual(Object.keys(packedFiles).sort());
      for (const [path, content] of Object.entries(packedFiles))
        expect(read[path]?.equals(content)).toBe(true);
      expect(notes).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test('does not hold the pages of a TAR or ZIP in memory', async () => {
  const big: Contents = Object.fromEntries(
    Array.from({ length: 20 }, (_, i) => [`${i}.png`, Buffer.alloc(4_000_000, i)]),
  );
  const path = join(folder, 'big.cbt');
  await writeFile(path, tar(big));
  const before = process.memoryUsage().rss;
  await withArchive(path, 'big.cbt', async ({ names, read }) => {
    for (const name of names) expect((await read(name)).byteLength).toBe(4_000_000);
  });
  expect(process.memoryUsage().rss - before).toBeLessThan(120_000_000);
});
