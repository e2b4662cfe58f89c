import { readdirSync, readFileSync } from 'node:fs';

/** Command lines of processes that have this text in them, where the system shows them in `/proc`. */
export function processesWith(text: string): string[] {
  const ids = listOf('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  return ids.map(commandLine).filter((line) => line.includes(text));
}

function listOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function commandLine(id: string): string {
  try {
    return readFileSync(`/proc/${id}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    // It ended meanwhile.
    return '';
  }
}
