import * as z from 'zod';
import { mainChannel } from '../../domain/channel.ts';
import { ConfigurationError } from '../../domain/errors.ts';
import { didYouMean, nearestName } from '../../domain/nearest-name.ts';
import { mostShards } from '../../domain/render-shards.ts';
import { channels } from './channels.ts';
import { chapters } from './chapters.ts';
import { missingForMangaDex } from './mangadex.ts';
import { narrator } from './narrator.ts';
import { plainMessage } from './plain-message.ts';
import { publisher } from './publisher.ts';
import { run } from './run.ts';
import { missingCredit } from './taste.ts';
import { missingUploads } from './uploads.ts';
import { video } from './video.ts';
import { voice } from './voice.ts';

/**
 * Every setting of the pipeline, in the cloud and on one machine: its values, its default and its documentation. Its
 * environment variable is its name in capitals ({@link variableOf}); docs/settings.md is generated from it.
 */
export const settings = { ...run, ...chapters, ...narrator, ...voice, ...publisher, ...channels, ...video };

const Settings = z.strictObject(settings);

type Dependent =
  | 'chapterSource'
  | 'mangadexTitles'
  | 'mangadexRights'
  | 'mangadexContact'
  | 'narrator'
  | 'llmService'
  | 'llmModel'
  | 'llmBaseUrl'
  | 'music'
  | 'musicByMood'
  | 'musicCredit'
  | 'shorts'
  | 'publisher'
  | 'dailyQuota'
  | 'channels'
  | 'channelsFromLibrary'
  | 'renderShards'
  | 'renderShardsOn'
  | 'youtubeUploadsPerDay';

/** Checks settings that need another one. */
export function isComplete<T extends Pick<z.infer<typeof Settings>, Dependent>>(
  given: T,
  { addIssue }: z.RefinementCtx,
): void {
  const { narrator, llmService, llmModel, llmBaseUrl, music, musicByMood, musicCredit } = given;
  const missing = (name: Dependent, message: string) => addIssue({ code: 'custom', path: [name], message });
  const { renderShards, renderShardsOn } = given;
  if (renderShards !== 'auto' && renderShards > mostShards[renderShardsOn])
    missing(
      'renderShards',
      `is ${renderShards}, and ${renderShardsOn} make at most ${mostShards[renderShardsOn]}`,
    );
  const credit = missingCredit({ music, musicByMood, musicCredit });
  if (credit) missing('musicCredit', credit);
  const unknown = given.channelsFromLibrary.filter((name) => !(name in given.channels));
  if (unknown.length > 0)
    missing('channelsFromLibrary', `${unknown.join(', ')}: not among the stage's further channels`);
  if (given.publisher === 'youtube')
    for (const { channel, why } of missingUploads(given))
      if (channel === mainChannel) missing('shorts', why);
      else addIssue({ code: 'custom', path: ['channels', channel, 'shorts'], message: why });
  if (given.chapterSource === 'mangadex')
    for (const { name, message } of missingForMangaDex(given)) missing(name, message);
  if (narrator !== 'llm') return;
  if (!llmModel)
    missing('llmModel', `narrator llm needs the name of a model of ${llmService} that sees pictures`);
  if (llmService === 'compatible' && !llmBaseUrl)
    missing('llmBaseUrl', 'llmService compatible needs the address, like http://host:11434/v1');
}

export const Config = Settings.superRefine(isComplete);
export type Config = z.infer<typeof Config>;
export type SettingName = keyof typeof settings;

/** `dailyQuota` as an environment variable: `DAILY_QUOTA`. */
export type VariableOf<Name extends string> = Name extends `${infer Head}${infer Tail}`
  ? `${Head extends Uppercase<Head> ? '_' : ''}${Uppercase<Head>}${VariableOf<Tail>}`
  : '';

/** Returns the environment variable of a setting, or of an option of a command. */
export const variableOf = <Name extends string>(setting: Name) =>
  setting.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase() as VariableOf<Name>;

/** Fills in the defaults. An unknown setting or an invalid value is reported by name, with what is allowed. */
export function parseConfig(given: z.input<typeof Config>): Config {
  return parseSettings(Config, given, 'The configuration', withVariable);
}

/** Parses settings; `origin` names the file or command that can be corrected. */
export function parseSettings<T>(
  schema: z.ZodType<T>,
  given: unknown,
  origin: string,
  shown = (name: string) => name,
): T {
  const parsed = schema.safeParse(given, { error: plainMessage });
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => {
    if (issue.code === 'unrecognized_keys')
      return `${issue.keys.map((key) => [...issue.path, key].join('.')).join(', ')}: unknown setting${didYouMean(meant(issue))}; docs/settings.md lists all of them`;
    const name = shown(issue.path.join('.'));
    if (isMissing(issue, given)) return `${name}: is missing${howToGet[issue.path.join('.')] ?? ''}`;
    return `${name || 'config'}: ${messageOf(issue)}`;
  });
  throw new ConfigurationError(`${origin} can't be used: ${problems.join('; ')}`);
}

/** Returns the setting that somebody could have meant who wrote an unknown one. */
function meant({ keys, path }: z.core.$ZodIssueUnrecognizedKeys): string | undefined {
  const [key = '', ...others] = keys;
  // A setting that exists is one of another file.
  const isMisspelt = path.length === 0 && others.length === 0 && !Object.hasOwn(settings, key);
  return isMisspelt ? nearestName(key, Object.keys(settings)) : undefined;
}

/** Adds its variable to the name of a setting, since that can be what was typed; a value of a list has the name of the list. */
function withVariable(path: string): string {
  const name = path.replace(/\.\d+$/, '');
  return Object.hasOwn(settings, name) ? `${name} (${variableOf(name)})` : path;
}

/**
 * A union without a message reports that no form matched, and its last form, the text, has the message for people; a wrong key has it
 * inside too.
 */
export function messageOf(issue: z.core.$ZodIssue): string {
  const [nested] =
    issue.code === 'invalid_union' && issue.message === 'Invalid input'
      ? (issue.errors.at(-1) ?? [])
      : issue.code === 'invalid_key'
        ? issue.issues
        : [];
  return nested ? nested.message : issue.message;
}

const howToGet: Record<string, string> = {
  workerAmi: '; make ami builds the image and prints its id',
  runbookUrl: '; give the address of docs/runbook.md on the website of your repository',
  state: '; name the bucket of the Terraform state, as docs/deploy.md shows',
};

function isMissing(issue: z.core.$ZodIssue, given: unknown): boolean {
  let value: unknown = given;
  for (const key of issue.path) value = (value as Record<PropertyKey, unknown> | undefined)?.[key];
  return issue.code === 'invalid_type' && value === undefined && issue.path.length > 0;
}
