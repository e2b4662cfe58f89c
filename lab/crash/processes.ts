import { readdirSync, readFileSync } from 'node:fs';

/** Returns the command lines of processes that contain a text, if the system has `/proc`. */
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
    // The process has ended.
    return '';
  }
}
