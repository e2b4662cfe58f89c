/** `make cost`: estimates what a stage costs, before anything is made. */
import { join } from 'node:path';
import type { OptionsOf } from '../config/commands/command.ts';
import type { cost } from '../config/commands/operate.ts';
import type { Deployment } from '../config/deployment.ts';
import { dollars } from '../domain/cost.ts';
import { ConfigurationError } from '../domain/errors.ts';
import { machineMinutes, priceOfVideo, shardsOf, standingPrice } from '../domain/video-price.ts';
import { loadDeployment } from '../stacks/deployment.ts';

/** Alarms of a stage. */
export const alarms = 47;

function number(name: string, given: string | undefined, otherwise: number): number {
  if (given === undefined) return otherwise;
  const value = Number(given);
  if (!(value > 0)) throw new ConfigurationError(`${name} is ${given}; it must be a number above 0`);
  return value;
}

/** Returns the estimate as lines: each part of a video, a video, a day and a month. */
export function estimate(deployment: Deployment, minutes: number, pages: number, quota: number): string[] {
  const { rendererInstanceType: renderer, uploaderInstanceType: uploader, voice, narrator } = deployment;
  const { renderShards, renderShardsOn } = deployment;
  const rendering = { minutes, renderer, renderShards, renderShardsOn };
  const { parts, usd, unknown } = priceOfVideo({
    ...{ ...rendering, pages, uploader },
    paidVoice: voice[0] === 'azure',
  });
  const shards = shardsOf(rendering);
  const month = 30 * quota * usd + standingPrice(alarms);
  const line = (name: string, value: number, about = '') =>
    `  ${name.padEnd(10)} ${dollars(value).padStart(8)}${about && `   ${about}`}`;
  return [
    `A video of ${minutes} minutes and ${pages} pages, at list prices of us-east-1 and machines on demand (Spot usually costs 30 to 60 % of them):`,
    line(
      'renderer',
      parts.renderer,
      `${renderer[0]}, ${machineMinutes(rendering)?.toFixed(1) ?? 'unknown'} minutes${shards > 0 ? `, ${shards} shards on ${renderShardsOn}` : ''}`,
    ),
    line('uploader', parts.uploader, `${uploader[0]}, 4.0 minutes`),
    line('functions', parts.functions),
    line('voice', parts.voice, voice.join(', ')),
    line('transfer', parts.transfer, 'to YouTube'),
    line('storage', parts.storage),
    line('a video', usd),
    line('a day', quota * usd, `${quota} videos`),
    line('a month', month, `with ${dollars(standingPrice(alarms))} for alarms, dashboard, secrets and logs`),
    ...(narrator === 'llm' ? ['Not included: the language model, whose price depends on the model.'] : []),
    ...unknown.map((what) => `Not included: ${what}, whose price is not known.`),
  ];
}

export async function run(options: OptionsOf<typeof cost>): Promise<void> {
  const { stage = 'prod', minutes, pages, quota } = options;
  const deployment = await loadDeployment(stage, join(import.meta.dirname, '..'));
  const lines = estimate(
    deployment,
    number('MINUTES', minutes, 12),
    number('PAGES', pages, 30),
    number('QUOTA', quota, deployment.dailyQuota),
  );
  console.log(lines.join('\n'));
}
