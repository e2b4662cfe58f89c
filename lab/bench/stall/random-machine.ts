/** Random definitions: machines of every type of state without services, valid or with faults, and their inputs. */

import { oneOf } from '../../load/random.ts';
import {
  type Json,
  type Random,
  randomData,
  randomIntrinsic,
  randomJsonata,
  randomPath,
  size,
  times,
} from './random-data.ts';

type State = { [field: string]: Json };

export interface Case {
  readonly definition: string;
  readonly input: string;
}

const limit = 262_144;

export function randomCase(random: Random): Case {
  const jsonata = random() < 0.3;
  const machine = { ...(jsonata && { QueryLanguage: 'JSONata' }), ...flow(random, jsonata, 0) };
  const definition = broken(random, JSON.stringify(machine));
  const input = JSON.stringify(randomData(random, limit));
  return { definition, input: Buffer.byteLength(input) > limit ? '{}' : input };
}

/** Returns a text as it is, or with a fault. */
function broken(random: Random, text: string): string {
  if (random() < 0.9) return text;
  const at = Math.floor(random() * text.length);
  return oneOf(random, [
    () => text.slice(0, at),
    () => text.slice(0, at) + oneOf(random, ['"', '{', '\\', 'x']) + text.slice(at),
    () => text.replace('{', `{${times(size(random, 40_000), (index) => `"X${index}":0`).join(',')},`),
    () => text.replace('{', `{"Comment":"${'x'.repeat(size(random, 1_000_000))}",`),
    () => text.replace('{', `{"Y":${'['.repeat(size(random, 500_000))}`),
  ])();
}

function flow(random: Random, jsonata: boolean, depth: number): State {
  const count = size(random, depth === 0 ? 8 : 4);
  const prefix = `S${depth}-${Math.floor(random() * 1e9)}-`;
  const name = (index: number) => `${prefix}${index}`;
  const states = times(count, (index): [string, Json] => {
    const end = index + 1 === count;
    return [name(index), state(random, jsonata, depth, end ? { End: true } : { Next: name(index + 1) })];
  });
  return { StartAt: name(0), States: Object.fromEntries(states) };
}

const expression = (random: Random): string => `{% ${randomJsonata(random)} %}`;

/** Returns a template with as many fields as a size allows. */
function template(random: Random, jsonata: boolean): State {
  const fields = size(random, random() < 0.1 ? 500 : 5);
  if (jsonata && random() < 0.05) return { all: times(size(random, 2500), () => '{%1%}') };
  return Object.fromEntries(
    times(fields, (index): [string, Json] =>
      jsonata
        ? [`f${index}`, expression(random)]
        : [`f${index}.$`, random() < 0.5 ? randomPath(random) : randomIntrinsic(random)],
    ),
  );
}

function state(random: Random, jsonata: boolean, depth: number, next: State): State {
  const kind = oneOf(random, ['pass', 'pass', 'pass', 'choice', 'map', 'parallel', 'wait', 'fail'] as const);
  if (depth > 1 && (kind === 'map' || kind === 'parallel')) return { Type: 'Pass', ...next };
  switch (kind) {
    case 'pass':
      return {
        Type: 'Pass',
        [jsonata ? 'Output' : 'Parameters']: template(random, jsonata),
        ...(random() < 0.3 && { Assign: template(random, jsonata) }),
        ...next,
      };
    case 'choice':
      return choice(random, jsonata, next);
    case 'map':
      return map(random, jsonata, depth, next);
    case 'parallel':
      return {
        Type: 'Parallel',
        Branches: times(size(random, 20), () => flow(random, jsonata, depth + 1)),
        Catch: [{ ErrorEquals: ['States.ALL'], Next: String(next.Next ?? 'none') }].filter(
          () => 'Next' in next,
        ),
        ...next,
      };
    case 'wait':
      return { Type: 'Wait', Seconds: 0, ...next };
    case 'fail':
      return random() < 0.2
        ? {
            Type: 'Fail',
            // The cause is a text: of others a definition is refused.
            ...(jsonata
              ? { Cause: expression(random) }
              : { CausePath: `States.JsonToString(${randomIntrinsic(random)})` }),
          }
        : { Type: 'Pass', ...next };
  }
}

function map(random: Random, jsonata: boolean, depth: number, next: State): State {
  return {
    Type: 'Map',
    ...(jsonata ? { Items: expression(random) } : { ItemsPath: randomPath(random) }),
    ...(random() < 0.5 && { ItemSelector: template(random, jsonata) }),
    ...(random() < 0.3 && { ToleratedFailurePercentage: 50 }),
    ItemProcessor: flow(random, jsonata, depth + 1),
    ...next,
  };
}

function choice(random: Random, jsonata: boolean, { Next = null }: State): State {
  const to = Next === null ? {} : { Next };
  if (Next === null) return { Type: 'Succeed' };
  const rule = (level: number): State => {
    if (level < 3 && random() < 0.3)
      return { [oneOf(random, ['And', 'Or'])]: times(size(random, 10), () => rule(level + 1)) };
    const Variable = randomPath(random);
    return oneOf<State>(random, [
      { Variable, StringMatches: '*a'.repeat(size(random, 500)) },
      { Variable, IsPresent: true },
      { Variable, NumericLessThan: 3 },
      { Variable, StringEqualsPath: randomPath(random) },
    ]);
  };
  const rules = times(size(random, 50), () =>
    jsonata ? { Condition: expression(random), ...to } : { ...rule(0), ...to },
  );
  return { Type: 'Choice', Choices: rules, Default: Next };
}
