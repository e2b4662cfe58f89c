/** Comparison of requests and responses with AWS's models of its services. */

export { judge, type Verdict } from './exchange.ts';
export { inputOf, knownOperations } from './model.ts';
export { type Conformance, recordConformance } from './recorder.ts';
