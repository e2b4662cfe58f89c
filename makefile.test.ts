import { execFileSync } from 'node:child_process';

/** What a recipe finds in its environment of what was given to make. */
function given(...variables: string[]): string {
  const show = `include Makefile\n.PHONY: show\nshow:\n\t@printf '%s\\n' "$$EVENT" "$$REJECT" "$$ONLY"\n`;
  return execFileSync('make', ['-f', '-', 'show', ...variables], {
    cwd: import.meta.dirname,
    // A make that runs the tests hands its own flags and variables on.
    env: { PATH: process.env.PATH },
    input: show,
    encoding: 'utf8',
  });
}

test('what is given to make reaches the programs as it was typed', () => {
  const typed = ['{"title":"$(shell exit) # $b"}', 'it costs $5 $$', 'asl|functions/quota'];
  expect(given(`EVENT=${typed[0]}`, `REJECT=${typed[1]}`, `ONLY=${typed[2]}`)).toBe(`${typed.join('\n')}\n`);
});
