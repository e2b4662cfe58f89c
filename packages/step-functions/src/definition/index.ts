/** Definitions in the Amazon States Language: parsed, checked, and their problems with line and column. */

export { acceptDefinition } from './accept.ts';
export { locationAt } from './locate.ts';
export { parseDefinition } from './parse.ts';
export { InvalidDefinition, type Problem } from './problems.ts';
