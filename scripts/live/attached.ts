import type { DeployedFunction } from '../../aws/deployed-functions.ts';

const layer = ':layer:LambdaLiveDebugger:';

/** Returns whether a function still leads to somebody's machine: the layer or a variable of the bridge is on it. */
export const isAttached = ({ layers, environment }: DeployedFunction): boolean =>
  layers.some((arn) => arn.includes(layer)) ||
  Object.keys(environment).some((name) => name.startsWith('LLD_'));
