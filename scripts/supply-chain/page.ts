/** docs/licences.md around its table. */
export const licencesPage = (table: string): string => `# Licences of what is deployed

Written by \`make licences\` from the lockfile; a test fails when it no longer says what is there. A package that is not
in this table is for development on one machine, and the bundler refuses it by name. GPL programs (FFmpeg, espeak-ng)
run as processes of their own and are in no bundle.

The page reader's own data (Apache-2.0, from Tesseract) is in no package: \`providers/vision/data/README.md\` names its
source.

${table}
`;
