/** `make lab WHAT=fuzz`: gives every parser of external data thousands of broken inputs. Exits with 1 on a finding. */
import { givenNumber } from '../figures/given-number.ts';
import { targets } from './targets/index.ts';
import { watch } from './watch.ts';

async function main(): Promise<void> {
  const known = Object.keys(targets(''));
  const parser = process.env.PARSER;
  if (parser && !known.includes(parser))
    throw new Error(`PARSER is ${parser}; it can be ${known.join(', ')}`);
  // The default changes daily, to find other inputs; the output contains it.
  const seed = givenNumber('SEED', Math.floor(Date.now() / 86_400_000));
  const path = process.env.AT;
  const runs = path ? 1 : givenNumber('RUNS', 10_000);
  console.log(`seed ${seed}`);
  for (const name of parser ? [parser] : known) {
    const { inputs, seconds, slowest, peakMemory, finding } = await watch({
      parser: name,
      runs,
      seed,
      ...(path && { path }),
    });
    const memory = `${Math.round(peakMemory / 1024 ** 2)} MB`;
    console.log(
      `${name.padEnd(16)}${String(inputs).padStart(7)} inputs ${seconds.toFixed(1).padStart(7)} s   slowest ${slowest.toFixed(0).padStart(5)} ms   peak ${memory.padStart(7)}   ${finding ? 'FOUND' : 'nothing found'}`,
    );
    if (finding) {
      console.error(finding);
      process.exitCode = 1;
    }
  }
}

await main().catch((error: unknown) => {
  console.error(`make lab WHAT=fuzz: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 2;
});
