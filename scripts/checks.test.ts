import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockState } from 'local-aws/state';

test('make clean leaves everything as it is while a local cloud runs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'clean-'));
  const clean = () =>
    spawnSync(process.execPath, [join(import.meta.dirname, 'manga.ts'), 'clean'], {
      cwd: folder,
      env: { PATH: process.env.PATH, NODE_NO_WARNINGS: '1' },
      encoding: 'utf8',
    });
  const unlock = lockState(join(folder, '.local/dev'));
  mkdirSync(join(folder, 'out'));
  writeFileSync(join(folder, 'out/video.mp4'), 'x');
  const { stderr, status } = clean();
  expect({ stderr, status }).toEqual({
    stderr: `clean: .local/dev is in use by a running local cloud (process ${process.pid}); stop it first\n`,
    status: 1,
  });
  expect(existsSync(join(folder, '.local/dev')) && existsSync(join(folder, 'out/video.mp4'))).toBe(true);
  unlock();
  expect(clean().status).toBe(0);
  expect(existsSync(join(folder, '.local')) || existsSync(join(folder, 'out'))).toBe(false);
  rmSync(folder, { recursive: true });
});
