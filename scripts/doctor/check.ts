import { styleText } from 'node:util';

/** A change that fixes a finding. */
export interface Repair {
  /** The command that it stands for. */
  command: string;
  /** Cost or deletions, which a person confirms separately; the answer is never assumed. */
  risk?: string;
  /** Needs a person at the terminal. */
  asks?: boolean;
  run(): Promise<void>;
}

/** Result of a check. `warn` concerns only some uses; `warn` and `fail` say how to fix the problem. */
export type Finding =
  | { state: 'ok'; detail: string }
  | { state: 'warn' | 'fail'; detail: string; fix: string; repair?: Repair };

export interface Check {
  name: string;
  look(): Promise<Finding>;
}

export const ok = (detail: string): Finding => ({ state: 'ok', detail });
const problem =
  (state: 'warn' | 'fail') =>
  (detail: string, fix: string, repair?: Repair): Finding => ({
    state,
    detail,
    fix,
    ...(repair && { repair }),
  });
export const warn = problem('warn');
export const fail = problem('fail');

/** Turns an exception of a check into a finding, so that the other checks still run. */
export async function lookAt({ name, look }: Check): Promise<{ name: string; finding: Finding }> {
  try {
    return { name, finding: await look() };
  } catch (error) {
    const { name: kind, message } = error as Error;
    return { name, finding: fail(`${kind}: ${message.split('\n')[0]}`, 'fix what the message names') };
  }
}

const colours = { ok: 'green', warn: 'yellow', fail: 'red' } as const;
const marks = { ok: '✓', warn: '!', fail: '✗' } as const;

/** Returns a line for each check, and below each problem how to fix it. */
export function report(title: string, findings: readonly { name: string; finding: Finding }[]): string {
  const lines = findings.map(({ name, finding }) => {
    const line = `  ${styleText(colours[finding.state], marks[finding.state])} ${name.padEnd(22)}${finding.detail}`;
    return finding.state === 'ok' ? line : `${line}\n      → ${finding.fix}`;
  });
  return [title, ...lines].join('\n');
}
