import { runProcess } from '../../providers/media/run-process.ts';
import type { RenderOptions } from './ports.ts';

/** Returns FFmpeg's version. What two encoders made must not be joined, so it is part of the name of every piece. */
export async function encoderVersion({
  ffmpeg,
  signal,
}: Pick<RenderOptions, 'ffmpeg' | 'signal'>): Promise<string> {
  let version = '';
  const onOutput = (chunk: Buffer) => {
    if (version.length < 4096) version += chunk.toString('utf8');
  };
  await runProcess(ffmpeg, ['-version'], { timeoutMs: 20_000, signal, onOutput });
  return version.slice(0, version.indexOf('\n'));
}
