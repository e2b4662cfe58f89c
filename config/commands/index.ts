import { settings } from '../settings/index.ts';
import * as check from './check.ts';
import type { Command } from './command.ts';
import {
  ami,
  bundle,
  channel,
  clean,
  cost,
  deploy,
  destroy,
  doctor,
  live,
  plan,
  review,
  rollback,
  secrets,
  series,
  synth,
} from './operate.ts';
import * as run from './run.ts';

const setup: Command = { about: 'Install what the project needs, Node 24 included' };
const { demo, dev, invoke, clock, chaos, completion } = run;
const { test, check: checks, benches, labs } = check;

/** Every command, in the groups of the help. Options are declared here alone: help, completion, and checks follow. */
export const groups: Readonly<Record<string, Readonly<Record<string, Command>>>> = {
  Start: { setup, demo, completion },
  Develop: { dev, invoke, clock, chaos },
  'Check and measure': { test, check: checks, bench: benches, lab: labs },
  'Deploy and operate': {
    live,
    doctor,
    bundle,
    synth,
    cost,
    plan,
    deploy,
    rollback,
    destroy,
    ami,
    secrets,
    review,
    series,
    channel,
    clean,
  },
};

export const commands: Readonly<Record<string, Command>> = Object.assign({}, ...Object.values(groups));

/** The targets of make: every command except the one that only helps to type `./manga`. */
export const targets: readonly string[] = Object.keys(commands).filter((name) => name !== 'completion');

/** The options of a command, the settings included. */
export const optionsOf = ({
  options = {},
  settings: takesSettings,
}: Command): NonNullable<Command['options']> => (takesSettings ? { ...settings, ...options } : options);
