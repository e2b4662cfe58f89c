import { dollars } from '../../domain/cost.ts';
import { priceOfVideo, standingPrice } from '../../domain/video-price.ts';
import type { ResourceChange, Values } from './plan.ts';

type Side = 'before' | 'after';

/** The video that `make cost` estimates by default. */
const video = { minutes: 12, pages: 30 } as const;

/**
 * Returns what a month costs before and after, by the estimate of `make cost`, from the settings in the environment of
 * the functions. Needs all resources of the plan, the unchanged ones too; none when it does not show those settings.
 */
export function describeMonth(all: readonly ResourceChange[]): string[] {
  const [before, after] = [monthOf(all, 'before'), monthOf(all, 'after')];
  if (after === undefined) return [];
  const sum = `${dollars(after.usd)} a month for ${after.quota} videos a day of ${video.minutes} minutes, at list prices of us-east-1`;
  if (before === undefined) return [`- About ${sum}.`];
  const more = after.usd - before.usd;
  // Less than what is shown of it.
  if (Math.abs(more) < 0.005) return [];
  return [
    `- **${more > 0 ? '+' : '−'}${dollars(Math.abs(more))} a month**: about ${dollars(before.usd)} → ${sum}.`,
  ];
}

function monthOf(all: readonly ResourceChange[], side: Side): { usd: number; quota: number } | undefined {
  const setting = (name: string) => {
    for (const change of all.filter(({ type }) => type === 'aws_lambda_function')) {
      const value = variablesOf(change[side])[name];
      if (typeof value === 'string') return value;
    }
    return undefined;
  };
  const [quota, renderer, uploader] = [
    Number(setting('DAILY_QUOTA')),
    setting('RENDERER_INSTANCE_TYPE')?.split(','),
    setting('UPLOADER_INSTANCE_TYPE')?.split(','),
  ];
  if (!Number.isFinite(quota) || !renderer || !uploader) return undefined;
  const paidVoice = setting('VOICE')?.split(',')[0] === 'azure';
  const alarms = all.filter(
    (change) => change.type === 'aws_cloudwatch_metric_alarm' && Object.keys(change[side]).length > 0,
  );
  const shards = setting('RENDER_SHARDS') ?? '0';
  const renderShards = shards === 'auto' ? shards : Number(shards);
  const renderShardsOn = setting('RENDER_SHARDS_ON') === 'functions' ? 'functions' : 'machines';
  const rendering = { renderer, renderShards, renderShardsOn } as const;
  const { usd } = priceOfVideo({ ...video, ...rendering, uploader, paidVoice });
  return { usd: 30 * quota * usd + standingPrice(alarms.length), quota };
}

function variablesOf({ environment }: Values): Values {
  const [first] = Array.isArray(environment) ? (environment as { variables?: Values }[]) : [];
  return first?.variables ?? {};
}
