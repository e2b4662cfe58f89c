import { BundleRefused } from './bundle-refused.ts';

export interface Bundle {
  /** File below `dist/`. */
  file: string;
  bytes: number;
  sha256: string;
}

/** Maximum size of a bundle in bytes. */
const limit = 1_500_000;

/** Larger bundles, and the reasons. */
const reasons: Readonly<Record<string, string>> = {
  'functions/scriptgen.zip': 'trained data, networks and WebAssembly of the OCR',
  'layers/sharp-x86_64.zip': 'libvips, shared by two functions; changes only with the package',
  'layers/sharp-arm64.zip': 'libvips, shared by two functions; changes only with the package',
  'functions/render.zip': 'fonts for titles in other letters',
  'layers/ffmpeg-x86_64.zip': 'FFmpeg; only in a stage whose functions render',
  'layers/ffmpeg-x86_64.gz': 'the same FFmpeg, for its machines',
  'layers/ffmpeg-arm64.zip': 'FFmpeg; only in a stage whose functions render',
  'layers/ffmpeg-arm64.gz': 'the same FFmpeg, for its machines',
  'workers/renderer-x86_64.tgz':
    'libvips, and fonts for titles in other letters; the machine image contains none of our code',
  'workers/renderer-arm64.tgz':
    'libvips, and fonts for titles in other letters; the machine image contains none of our code',
};

export function refuseLarge(bundles: readonly Bundle[]): void {
  const large = bundles.find(({ file, bytes }) => bytes > limit && !(file in reasons));
  if (large)
    throw new BundleRefused(
      `${large.file} has ${kilobytes(large.bytes)}, more than ${kilobytes(limit)}, and no reason in scripts/bundle/sizes.ts`,
    );
}

const kilobytes = (bytes: number) => `${Math.round(bytes / 1000).toLocaleString('en')} kB`;

/** Returns a table of the built files. */
export function sizeTable(bundles: readonly Bundle[]): string {
  const lines = bundles.map(({ file, bytes, sha256 }) =>
    [
      file.padEnd(34),
      kilobytes(bytes).padStart(9),
      sha256.slice(0, 12),
      bytes > limit ? (reasons[file] ?? '') : '',
    ]
      .join('  ')
      .trimEnd(),
  );
  const sizes = bundles
    .filter(({ file }) => file.startsWith('functions/'))
    .map(({ bytes }) => bytes)
    .sort((a, b) => a - b);
  const median = sizes[Math.floor(sizes.length / 2)] ?? 0;
  return [...lines, `${'functions, median'.padEnd(34)}  ${kilobytes(median).padStart(9)}`].join('\n');
}
