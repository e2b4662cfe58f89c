/** Runs one step of a long video in its own process, whose memory can be measured: `node step.ts <step> <folder>`. */
import { type StepName, steps } from './steps.ts';

const [name = '', folder = ''] = process.argv.slice(2);
const step = steps[name as StepName];
if (!step) throw new Error(`unknown step ${name}`);
console.log(JSON.stringify(await step(folder)));
