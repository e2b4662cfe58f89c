/** Finds changes and errors in sources. */

export type { Problem } from './reports.ts';
export { placeOf, syntaxProblem } from './syntax.ts';
export { watchSources } from './watch.ts';
