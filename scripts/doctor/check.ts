/** What a check found. `warn` is for what some uses need; whatever is not `ok` says how to mend it. */
export type Finding =
  | { state: 'ok'; detail: string }
  | { state: 'warn' | 'fail'; detail: string; fix: string };

export interface Check {
  name: string;
  look(): Promise<Finding>;
}

export const ok = (detail: string): Finding => ({ state: 'ok', detail });
export const warn = (detail: string, fix: string): Finding => ({ state: 'warn', detail, fix });
export const fail = (detail: string, fix: string): Finding => ({ state: 'fail', detail, fix });

/** A check that breaks is itself a finding: the others are still looked at. */
export async function lookAt({ name, look }: Check): Promise<{ name: string; finding: Finding }> {
  try {
    return { name, finding: await look() };
  } catch (error) {
    const { name: kind, message } = error as Error;
    return { name, finding: fail(`${kind}: ${message.split('\n')[0]}`, 'mend what the message names') };
  }
}

const marks = { ok: '✓', warn: '!', fail: '✗' } as const;

/** A line for each check, and below what is to be mended how to do it. */
export function report(title: string, findings: readonly { name: string; finding: Finding }[]): string {
  const lines = findings.map(({ name, finding }) => {
    const line = `  ${marks[finding.state]} ${name.padEnd(22)}${finding.detail}`;
    return finding.state === 'ok' ? line : `${line}\n      → ${finding.fix}`;
  });
  return [title, ...lines].join('\n');
}
