/** A parsed state machine: checked, with compiled paths and templates and resolved names. */

import type { Test } from '../choice.ts';
import type { Expression } from '../expression.ts';
import type { Json } from '../json.ts';
import type { JsonataExpression } from '../jsonata/expression.ts';
import type { Path } from '../paths/path.ts';
import type { ReferencePath } from '../paths/reference.ts';
import type { Retrier } from '../retry.ts';
import type { Template } from '../template.ts';
import type { Resource } from './resource.ts';

export type QueryLanguage = 'JSONPath' | 'JSONata';

/** A set of states with its start: a whole machine, a branch of Parallel or the item processor of a Map. */
export interface Flow {
  readonly startAt: string;
  readonly states: States;
}

/** The branches of a Parallel, by their number. */
export interface Branches extends Iterable<Flow> {
  readonly length: number;
  at(index: number): Flow | undefined;
}

/** States by name. */
export type States = Pick<ReadonlyMap<string, State>, 'get' | 'has' | 'keys' | 'values'>;

export interface StateMachine extends Flow {
  readonly timeoutSeconds: number | undefined;
}

export type State =
  | PassState
  | TaskState
  | ChoiceState
  | WaitState
  | SucceedState
  | FailState
  | ParallelState
  | MapState;

/**
 * Fields that most states have. A path that is `null` stands for an empty object; undefined means `$`. JSONata states
 * have no paths, JSONPath states no `output`.
 */
interface Common {
  readonly name: string;
  readonly language: QueryLanguage;
  readonly inputPath: Path | null | undefined;
  readonly outputPath: Path | null | undefined;
  readonly output: Template | undefined;
  readonly assign: Template | undefined;
  /** undefined at the end of the flow. */
  readonly next: string | undefined;
}

/** States that have a result. */
interface WithResult extends Common {
  /** Parameters in JSONPath, Arguments in JSONata. */
  readonly parameters: Template | undefined;
  readonly resultSelector: Template | undefined;
  /** `null` drops the result. */
  readonly resultPath: ReferencePath | null | undefined;
}

/** States that can fail because of a service or a child, not only because of their definition. */
interface Fallible extends WithResult {
  readonly retry: readonly Retrier[];
  readonly catch: readonly Catcher[];
}

export interface Catcher {
  readonly errorEquals: readonly string[];
  readonly next: string;
  readonly resultPath: ReferencePath | null | undefined;
  readonly output: Template | undefined;
  readonly assign: Template | undefined;
}

/** A number, or the path or expression that gives it. */
export type Amount = number | Path | JsonataExpression;

export interface PassState extends WithResult {
  readonly type: 'Pass';
  readonly result: Json | undefined;
}

export interface TaskState extends Fallible {
  readonly type: 'Task';
  /** The role that the history shows; it has no effect. */
  readonly credentials: Template | undefined;
  readonly resource: Resource;
  readonly timeoutSeconds: Amount | undefined;
  readonly heartbeatSeconds: Amount | undefined;
}

export interface ChoiceState extends Common {
  readonly type: 'Choice';
  /** The source of the rules. */
  readonly rules: Json[];
  /** Reads the rule with an index: at once in a definition that is checked, otherwise when it is needed. */
  readonly choice: (index: number) => ChoiceRule | undefined;
  readonly otherwise: string | undefined;
}

export interface ChoiceRule {
  /** The comparison of a JSONPath rule. */
  readonly test: Test;
  /** The condition of a JSONata rule. */
  readonly condition: boolean | JsonataExpression;
  readonly next: string;
  readonly output: Template | undefined;
  readonly assign: Template | undefined;
}

export interface WaitState extends Common {
  readonly type: 'Wait';
  readonly seconds: Amount | undefined;
  /** Milliseconds since the epoch, or the path or expression that gives a timestamp. */
  readonly timestamp: Amount | undefined;
}

export interface SucceedState extends Common {
  readonly type: 'Succeed';
}

export interface FailState extends Common {
  readonly type: 'Fail';
  readonly error: string | Expression | undefined;
  readonly cause: string | Expression | undefined;
}

export interface ParallelState extends Fallible {
  readonly type: 'Parallel';
  readonly branches: Branches;
}

export interface MapState extends Fallible {
  readonly type: 'Map';
  readonly itemsPath: Path | undefined;
  /** Items of a JSONata state; the state's input when undefined. */
  readonly items: Template | undefined;
  readonly itemSelector: Template | undefined;
  readonly processor: Flow;
  /** undefined for a Map in INLINE mode. */
  readonly distributed: DistributedMap | undefined;
  readonly maxConcurrency: Amount | undefined;
  readonly toleratedFailureCount: Amount | undefined;
  readonly toleratedFailurePercentage: Amount | undefined;
}

export interface DistributedMap {
  /** Part of the ARNs of its runs and children. */
  readonly label: string | undefined;
  readonly express: boolean;
  readonly reader: ItemReader | undefined;
  readonly batcher: ItemBatcher | undefined;
  readonly writer: ResultWriter | undefined;
}

/** Reads items from an object in S3, from a listing of objects, or from the objects that one of both names. */
export interface ItemReader {
  readonly action: 'getObject' | 'listObjectsV2';
  /** `flattened`: the items in each listed object; `athena`, `inventory`: those in the objects of a manifest. */
  readonly source: 'direct' | 'flattened' | 'athena' | 'inventory';
  readonly parameters: Template | undefined;
  readonly inputType: 'CSV' | 'JSON' | 'JSONL' | 'PARQUET';
  readonly delimiter: string;
  /** Undefined when the first row has the headers. */
  readonly headers: readonly string[] | undefined;
  /** Path to the list inside the JSON. */
  readonly pointer: readonly string[];
  readonly maxItems: Amount | undefined;
}

export interface ItemBatcher {
  readonly input: Template | undefined;
  readonly maxItems: Amount | undefined;
  readonly maxBytes: Amount | undefined;
}

export interface ResultWriter {
  /** false: the results become the state's result; WriterConfig only changes their form. */
  readonly toS3: boolean;
  readonly parameters: Template | undefined;
  readonly transformation: 'NONE' | 'COMPACT' | 'FLATTEN';
  readonly lines: boolean;
}
