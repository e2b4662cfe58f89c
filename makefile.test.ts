import { execFileSync, spawnSync } from 'node:child_process';

/** Without the flags and variables of a make that runs the tests. */
const env = { PATH: process.env.PATH };

/** Returns the environment of a recipe for variables on make's command line. */
function given(...variables: string[]): string {
  const show = `include Makefile\n.PHONY: show\nshow:\n\t@printf '%s\\n' "$$EVENT" "$$REJECT" "$$ONLY" "$$MAKE_VARIABLES"\n`;
  return execFileSync('make', ['-f', '-', 'show', ...variables], {
    cwd: import.meta.dirname,
    env,
    input: show,
    encoding: 'utf8',
  });
}

test('passes variables of the command line to programs exactly as typed', () => {
  const typed = ['{"title":"$(shell exit) # $b"}', 'it costs $5 $$', 'asl|functions/quota'];
  expect(given(`EVENT=${typed[0]}`, `REJECT=${typed[1]}`, `ONLY=${typed[2]}`)).toBe(
    `${typed.join('\n')}\nEVENT ONLY REJECT\n`,
  );
});

test('rejects a misspelt ONLY, which would run every test', () => {
  const { stderr, status } = spawnSync('make', ['.misspelt', 'ONYL=asl'], {
    cwd: import.meta.dirname,
    env,
    encoding: 'utf8',
  });
  expect(stderr).toContain('ONYL is not a variable of this command; it has ONLY');
  expect(status).toBe(2);
});
