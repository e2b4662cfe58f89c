import * as z from 'zod';
import { type Command, choice, cloudStage, count, file, flag, port, stage, text } from './command.ts';

export const live = {
  about: 'Run the functions of a deployed stage on this machine, or a command with its names',
  module: 'scripts/live.ts',
  options: {
    stage: text('stage', 'the stage; prod is refused, except for a command'),
    fn: text('function', 'only this function'),
    cmd: text(
      "'command'",
      "runs this command, or a shell if it is empty, with the stage's resource names instead",
    ),
    end: flag("only restores the functions' own code, after a machine was lost"),
    liveDebugger: text('program', 'used instead of npx lambda-live-debugger@1.2.3'),
  },
  notes: "It runs until Ctrl-C, then restores the functions' own code.",
} satisfies Command;

export const doctor = {
  about: "Check this machine, a stage's settings and the account",
  module: 'scripts/doctor.ts',
  failed: 2,
  options: {
    stage: cloudStage,
    fix: flag('offers to fix what it can: shows each command, asks, then does it'),
    yes: flag('with FIX: agrees to every fix that neither costs nor deletes anything'),
    audit: flag('asks the registry for known vulnerabilities of what is deployed instead'),
    ffmpegPath: file('file', 'the FFmpeg to use'),
    ffprobePath: file('file', 'the ffprobe to use'),
  },
  notes: 'Without FIX it changes nothing. The exit status is 1 when something has to be fixed first.',
} satisfies Command;

export const bundle = {
  about: 'Build the bundles of functions and workers, and list their sizes',
  module: 'scripts/bundle.ts',
  options: { stage },
  what: {
    packages: { about: 'the packages of packages/, as npm publishes them', module: 'scripts/packages.ts' },
    sbom: { about: 'the bill of materials', module: 'scripts/supply-chain.ts#sbom' },
  },
} satisfies Command;

export const synth = {
  about: 'Write the Terraform of a stage to cdktf.out/',
  program: 'main.ts',
  options: { stage },
  what: {
    lock: {
      about: 'the checksums of the Terraform provider on every platform, to .terraform.lock.hcl',
      module: 'scripts/provider-lock.ts',
    },
  },
} satisfies Command;

export const plan = {
  about: 'Show what a deployment would change, and its summary',
  module: 'scripts/deploy.ts#plan',
  options: { stage },
} satisfies Command;

export const cost = {
  about: 'Estimate what a video, a day and a month of a stage cost, without an account',
  module: 'scripts/cost.ts',
  options: {
    stage,
    minutes: count('length of a video; 12 by default'),
    pages: count('pages of a video; 30 by default'),
    quota: count("videos a day; the stage's dailyQuota by default"),
  },
} satisfies Command;

export const restore = {
  about: 'Bring the tables up to date after a point-in-time recovery',
  module: 'scripts/restore.ts',
  options: {
    stage: cloudStage,
    since: text('time', 'the time of the copies, in UTC, like 2026-11-30T02:00:00Z'),
    chaptersCopy: text('table', 'the recovered copy of the chapters table, if there is one'),
    jobsCopy: text('table', 'the recovered copy of the jobs table, if there is one'),
    yes: flag('does it. Without it, shows what would change'),
  },
  notes: `It ends with status 1 while a published video has no known chapter. docs/restore.md has the steps before and after it. Its first
line says which cloud it works on.`,
} satisfies Command;

const record = {
  about: 'Record what is deployed, so that later deployments can be undone; make deploy does it itself',
  module: 'scripts/deployments/record.ts',
  options: { stage: cloudStage },
} satisfies Command;

const canary = {
  about: 'Try the newest deployment with one job, in a stage with canary; make deploy does it itself',
  module: 'scripts/deployments/canary.ts',
  options: { stage: cloudStage },
  notes:
    'It waits for the job. Exit status 1: the deployment was taken back; 2: the job made no video and did not fail.',
} satisfies Command;

export const deploy = {
  about: 'Deploy a stage, after asking',
  module: 'scripts/deploy.ts#deploy',
  options: { stage },
  what: { restore, record, canary },
} satisfies Command;

export const rollback = {
  about: 'Return a stage to an earlier deployment, after asking and without Terraform',
  module: 'scripts/rollback.ts',
  options: {
    stage: cloudStage,
    to: text('time', 'the deployment, by its time or the beginning of it; the last good one by default'),
    list: flag('lists the deployments instead'),
    yes: flag('does not ask'),
  },
  notes: `It chooses the versions of functions, the code of machines, their image and the definition that belong together. The last good
deployment is the newest that made a video from its first step to its publication. docs/deploy.md says when it is refused, and what the
next deployment does. Its first line says which cloud it works on.`,
} satisfies Command;

export const destroy = {
  about: 'Remove a stage from AWS, after asking',
  module: 'scripts/deploy.ts#destroy',
  options: {
    stage: z
      .string('name the stage to remove, as in make destroy STAGE=dev')
      .meta({ description: 'the stage; always needed', value: 'stage' }),
  },
} satisfies Command;

export const ami = {
  about: "Build the workers' machine image",
  module: 'scripts/deploy.ts#ami',
  options: {
    architecture: choice(['x86_64', 'arm64'], 'x86_64 by default'),
    validate: flag('only checks it, without an account'),
  },
  notes: 'AWS_REGION chooses the region; us-east-1 by default.',
} satisfies Command;

export const secrets = {
  about: 'List or set the secrets of a stage',
  module: 'scripts/secrets.ts',
  options: {
    stage: cloudStage,
    set: text('name', 'sets one: asked for at the terminal, or piped in as JSON'),
    login: choice(['youtube'], "asks the channel's owner for consent in a browser, and stores the token"),
    channel: text('name', 'with youtube: the further channel of the stage whose secret it is'),
    client: file('client_secret.json', 'the OAuth client, for login'),
    port: port('port of this machine that the browser returns to; any by default'),
    youtubeEndpoint: text('url', 'a server that plays Google, for tests'),
  },
} satisfies Command;

const id = (description: string) => text('id', description);

export const takedown = {
  about: 'Block chapters and take published videos down',
  module: 'scripts/takedown.ts',
  options: {
    stage: cloudStage,
    title: id('a title of mangadex.org'),
    group: id('a group of mangadex.org'),
    chapter: id('an upload, or mangadex/<title>/<number>'),
    library: text('path', 'a folder or chapter of the library'),
    yes: flag(
      'does it: private on YouTube, moved aside in a folder, what is stored deleted. Without it, shows what would happen',
    ),
  },
  notes: `Without a title, group, chapter or path it shows which published or running chapters the blocklist affects. Its first line says
which cloud it works on.`,
} satisfies Command;

export const series = {
  about: 'List the series, and choose settings for one',
  module: 'scripts/series.ts',
  options: {
    stage: cloudStage,
    series: text('id', 'the series to show or change; the list and the console have the ids'),
    set: text('name=value', 'changes one of its settings; without a value it has the one of the stage again'),
    revoke: text(
      'note',
      'takes back the approval of a note, by the name that the series shows, so that it holds chapters again; all takes back every one',
    ),
  },
  notes: 'docs/series.md lists the settings of a series. Its first line says which cloud it works on.',
} satisfies Command;

export const channel = {
  about: 'Show the channels: what was published, what waits, and the quota of today and the days ahead',
  module: 'scripts/channel.ts',
  options: {
    stage: cloudStage,
    channel: text('name', 'only this channel; main is the first one'),
    days: count('days ahead, today included; 7 by default, at most 60'),
  },
  notes:
    'docs/channels.md says how a stage gets another channel. Its first line says which cloud it works on.',
} satisfies Command;

export const review = {
  about: 'Decide about doubtful and failed chapters, and finished videos',
  module: 'scripts/review.ts',
  options: {
    stage: cloudStage,
    job: text('job-…', 'the job; without it, lists what waits'),
    open: flag('fetches it to check, with the reasons and pages'),
    approve: flag('continues: the chapter is spoken, or the video published'),
    reject: text(
      'reason',
      "a doubtful or failed chapter is left out permanently; a video's chapter is released",
    ),
    edit: file('script.json', 'stores the sentences of a doubtful chapter that you changed in it'),
    retry: text('reason', "releases a doubtful or failed chapter, to be made again with today's settings"),
    why: text('reason', 'the reason of an approval'),
    by: text('name', 'who decides'),
    video: file('video.mp4', 'draws a frame of each shot of a finished video instead'),
  },
  what: { takedown },
  notes: 'Its first line says which cloud it works on.',
} satisfies Command;

export const clean = {
  about: 'Delete the state of the local cloud, finished videos and bundles',
  module: 'scripts/checks.ts#clean',
} satisfies Command;
