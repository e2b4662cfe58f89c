import type { DeployedFunction } from '../../aws/deployed-functions.ts';

const layer = ':layer:LambdaLiveDebugger:';

/** Returns whether a function still leads to a developer's machine: it has the layer or a variable of the bridge. */
export const isAttached = ({ layers, environment }: DeployedFunction): boolean =>
  layers.some((arn) => arn.includes(layer)) ||
  Object.keys(environment).some((name) => name.startsWith('LLD_'));
