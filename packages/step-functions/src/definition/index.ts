/** Parses and checks definitions in the Amazon States Language; problems have a line and a column. */

export { acceptDefinition } from './accept.ts';
export { locator } from './locate.ts';
export { parseDefinition } from './parse.ts';
export { InvalidDefinition, type Problem } from './problems.ts';
