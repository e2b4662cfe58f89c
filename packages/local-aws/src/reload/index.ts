/** What finds changes and errors in sources. */

export type { Problem } from './news.ts';
export { placeOf, syntaxProblem } from './syntax.ts';
export { watchSources } from './watch.ts';
