import { z } from 'zod';

const Advisory = z.object({ title: z.string(), url: z.string() });
/** What `npm audit --json` prints where the registry answered. */
const Report = z.object({
  vulnerabilities: z.record(
    z.string(),
    z.object({ severity: z.string(), range: z.string(), via: z.array(z.union([Advisory, z.string()])) }),
  ),
});
/** And where it did not. */
const Refusal = z.object({ message: z.string() });

export type Audit =
  | { kind: 'clean' }
  | { kind: 'vulnerable'; lines: string[] }
  | { kind: 'unanswered'; reason: string };

/** Reads what npm printed; whatever is no report is no clean bill. */
export function readAudit(output: string): Audit {
  const printed = jsonOf(output);
  const report = Report.safeParse(printed);
  if (!report.success) {
    const refusal = Refusal.safeParse(printed);
    return { kind: 'unanswered', reason: refusal.success ? refusal.data.message : 'npm printed no report' };
  }
  const lines = Object.entries(report.data.vulnerabilities).map(([name, { severity, range, via }]) => {
    const why = via.map((one) => (typeof one === 'string' ? `by ${one}` : `${one.title}, ${one.url}`));
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

/** What a person reads, and the status of the command: 1 is bad news, 3 is none at all. */
export function auditAnswer(audit: Audit): { text: string; status: 0 | 1 | 3 } {
  if (audit.kind === 'clean') return { text: 'audit: nothing is known against what is deployed', status: 0 };
  if (audit.kind === 'vulnerable')
    return { text: audit.lines.map((line) => `audit: ${line}`).join('\n'), status: 1 };
  const text = `audit: the registry did not answer, so nothing is known: ${audit.reason}
audit: it, or a mirror or proxy before it, has no advisories; ask one that does: npm_config_registry=https://… make audit`;
  return { text, status: 3 };
}
