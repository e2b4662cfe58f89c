import { runProcess } from '../../providers/media/run-process.ts';
import type { RenderOptions } from './ports.ts';

type Encoder = Pick<RenderOptions, 'ffmpeg' | 'signal'>;

/** More than any FFmpeg says about itself. */
const longestText = 65_536;

/**
 * Returns what FFmpeg says about its build: its version, compiler, configuration and libraries. What two builds made must not be joined,
 * so it is part of the name of every piece.
 */
export async function encoderBuild({ ffmpeg, signal }: Encoder): Promise<string> {
  let text = '';
  const onOutput = (chunk: Buffer) => {
    if (text.length < longestText) text += chunk.toString('utf8');
  };
  await runProcess(ffmpeg, ['-version'], { timeoutMs: 20_000, signal, onOutput });
  return text;
}

/** Returns the line of its version, which several builds can share. */
export async function encoderVersion(encoder: Encoder): Promise<string> {
  return (await encoderBuild(encoder)).split('\n', 1)[0] ?? '';
}
