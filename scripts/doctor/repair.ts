import { styleText } from 'node:util';
import type { Finding, Repair } from './check.ts';

interface Session {
  say(line: string): void;
  /** Asks for a yes or no; undefined without a terminal. */
  ask: ((question: string) => Promise<boolean>) | undefined;
  /** Agrees to everything that neither costs nor deletes. */
  yes: boolean;
}

/** Offers the repairs of findings, one after another, and returns the names of those that were done. */
export async function offerRepairs(
  findings: readonly { name: string; finding: Finding }[],
  session: Session,
): Promise<string[]> {
  const { say } = session;
  const done: string[] = [];
  for (const { name, finding } of findings) {
    if (finding.state === 'ok' || !finding.repair) continue;
    const { repair } = finding;
    say(`${name}: ${finding.detail}\n  $ ${repair.command}`);
    if (!(await isAgreed(repair, session))) continue;
    try {
      await repair.run();
      say(`  ${styleText('green', '✓')} done`);
      done.push(name);
    } catch (error) {
      const { name: kind, message } = error as Error;
      say(`  ${styleText('red', '✗')} ${kind}: ${message.split('\n')[0]}`);
    }
  }
  if (done.length === 0 && !findings.some(({ finding }) => finding.state !== 'ok' && finding.repair))
    say('Nothing here can be fixed automatically');
  return done;
}

async function isAgreed({ risk, asks }: Repair, { say, ask, yes }: Session): Promise<boolean> {
  if (asks && !ask) {
    say('  not done: it asks for values, so it needs a terminal');
    return false;
  }
  if (yes && !risk) return true;
  if (!ask) {
    say(
      `  not done: ${risk ? `${risk}, so it is asked for at a terminal` : 'YES=1 agrees without a terminal'}`,
    );
    return false;
  }
  const agreed = await ask(risk ? `  ${risk}. Do it? [y/N] ` : '  Do it? [y/N] ');
  if (!agreed) say('  not done');
  return agreed;
}
