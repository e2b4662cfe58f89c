import { readFile } from 'node:fs/promises';
import type * as z from 'zod';
import { ConfigurationError } from '../../domain/errors.ts';
import { Script } from '../../domain/script.ts';

/** Returns the part of a script that an issue is about: `sentence 3, text`, counted from 1 as people count. */
function placeOf(path: readonly PropertyKey[]): string {
  const [list, index, ...rest] = path;
  const fields = list === 'segments' && typeof index === 'number' ? rest : path;
  const sentence = fields === rest && typeof index === 'number' ? [`sentence ${index + 1}`] : [];
  return [...sentence, ...(fields.length > 0 ? [fields.map(String).join('.')] : [])].join(', ');
}

function wordsFor(issue: z.core.$ZodIssue): string {
  const place = placeOf(issue.path);
  if (place === '') return 'it is JSON, but no object';
  if (issue.code === 'too_small') return `${place} is empty or too small`;
  if (issue.code === 'too_big') return `${place} is longer or larger than ${issue.maximum}`;
  return `${place} is missing or has a wrong value`;
}

/**
 * Reads the copy of a script that a person has edited.
 * @throws ConfigurationError in words for that person if the file is missing, is not a script, or is another job's script
 */
export async function editedScript(file: string, jobId: string): Promise<Script> {
  const refuse = (why: string, cause?: unknown) =>
    new ConfigurationError(
      `${file} can't be used: ${why}; make review JOB=${jobId} OPEN=1 fetches the script again`,
      { cause },
    );
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw refuse(cause.code === 'ENOENT' ? 'there is no such file' : cause.message, cause);
  });
  let content: unknown;
  try {
    content = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw refuse(`it is no longer JSON (${cause instanceof Error ? cause.message : cause})`, cause);
  }
  const { success, data, error } = Script.safeParse(content);
  if (!success) {
    const [first, ...others] = error.issues.map(wordsFor);
    throw refuse(
      `it is not a script, because ${first}${others.length > 0 ? `, and ${others.length} more` : ''}`,
    );
  }
  if (data.job_id !== jobId) throw refuse(`it is the script of ${data.job_id}`);
  return data;
}
