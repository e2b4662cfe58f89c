import type { LockedPackage } from './lockfile.ts';

/** Licences whose terms allow a bundle to be redistributed under Apache-2.0. */
const compatible = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  'MIT-0',
]);

/** Packages under other terms that are deployed anyway, with the reason. */
const exceptions: readonly { name: RegExp; reason: string }[] = [
  {
    name: /^@fontsource-variable\/noto-/,
    reason: 'OFL: a font is redistributed unchanged, with its licence; text drawn in it is under no licence',
  },
  {
    name: /^@img\/sharp-(libvips-|wasm32|win32-)/,
    reason: 'LGPL: libvips is a separate shared library beside the bundle, and can be replaced there',
  },
];

/** `A AND B` requires both, `A OR B` leaves the choice. */
function isCompatible(expression: string): boolean {
  const bare = expression.replace(/^\((.*)\)$/, '$1');
  if (bare.includes(' AND ')) return bare.split(' AND ').every(isCompatible);
  if (bare.includes(' OR ')) return bare.split(' OR ').some(isCompatible);
  return compatible.has(bare);
}

const exceptionFor = ({ name }: LockedPackage): string | undefined =>
  exceptions.find((one) => one.name.test(name))?.reason;

/** Returns why a package is allowed in a bundle although its licence says otherwise, or says nothing. */
export const incompatible = (packages: readonly LockedPackage[]): LockedPackage[] =>
  packages.filter((one) => !one.dev && !isCompatible(one.license ?? '') && !exceptionFor(one));

/** Returns the table of docs/licences.md: every package that a bundle, a layer or a machine can contain. */
export function licenceTable(packages: readonly LockedPackage[]): string {
  const rows = packages
    .filter(({ dev }) => !dev)
    .map((one) => `| ${one.name} | ${one.version} | ${one.license} | ${exceptionFor(one) ?? ''} |`);
  return ['| package | version | licence | |', '|---|---|---|---|', ...new Set(rows.sort())].join('\n');
}
