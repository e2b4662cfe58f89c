import * as z from 'zod';

const Advisory = z.object({ title: z.string(), url: z.string() });
/** Output of `npm audit --json` if the registry responded. */
const Report = z.object({
  vulnerabilities: z.record(
    z.string(),
    z.object({
      severity: z.string(),
      range: z.string(),
      via: z.array(z.union([Advisory, z.string()])),
      /** Its folder, as in the lockfile. */
      nodes: z.array(z.string()).default([]),
    }),
  ),
});
/** Output if it did not. */
const Refusal = z.object({ message: z.string() });

export type Audit =
  | { kind: 'clean' }
  | { kind: 'vulnerable'; lines: string[] }
  | { kind: 'unanswered'; reason: string };

/** Parses npm's output about the deployed folders; anything but a report counts as unanswered. */
export function readAudit(output: string, isDeployed: (folder: string) => boolean): Audit {
  const printed = jsonOf(output);
  const report = Report.safeParse(printed);
  if (!report.success) {
    const refusal = Refusal.safeParse(printed);
    return { kind: 'unanswered', reason: refusal.success ? refusal.data.message : 'npm printed no report' };
  }
  const found = Object.entries(report.data.vulnerabilities).filter(
    ([, { nodes }]) => nodes.length === 0 || nodes.some(isDeployed),
  );
  const lines = found.map(([name, { severity, range, via }]) => {
    const why = via.map((one) => (typeof one === 'string' ? `through ${one}` : `${one.title}, ${one.url}`));
    return `${name} ${range} (${severity}): ${why.join('; ')}`;
  });
  return lines.length > 0 ? { kind: 'vulnerable', lines } : { kind: 'clean' };
}

function jsonOf(output: string): unknown {
  try {
    return JSON.parse(output);
  } catch {
    return undefined;
  }
}

/** Returns the text for a person, and the exit status: 1 for vulnerabilities, 3 without a response. */
export function auditAnswer(audit: Audit): { text: string; status: 0 | 1 | 3 } {
  if (audit.kind === 'clean')
    return { text: 'audit: no known vulnerabilities in what is deployed', status: 0 };
  if (audit.kind === 'vulnerable')
    return { text: audit.lines.map((line) => `audit: ${line}`).join('\n'), status: 1 };
  const text = `audit: the registry did not respond, so vulnerabilities are unknown: ${audit.reason}
audit: it, or a mirror or proxy before it, has no advisories; ask one that does: npm_config_registry=https://… make doctor AUDIT=1`;
  return { text, status: 3 };
}
