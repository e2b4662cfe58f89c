import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AssetType, TerraformAsset } from 'cdktf';
import type { Construct } from 'constructs';
import { ConfigurationError } from '../../domain/errors.ts';
import type { Site } from '../site.ts';

export interface BundleAsset {
  /** Relative to the folder of the stack. */
  path: string;
  sha256: Buffer;
}

/** A bundle, copied into the stack's folder so that a plan can be applied elsewhere, and named by its content. */
export function bundleAsset(scope: Construct, id: string, { dist, config }: Site, file: string): BundleAsset {
  const path = join(dist, file);
  if (!existsSync(path))
    throw new ConfigurationError(`dist/${file} is missing; run make bundle STAGE=${config.stage}`);
  const sha256 = createHash('sha256').update(readFileSync(path)).digest();
  const asset = new TerraformAsset(scope, id, {
    path,
    type: AssetType.FILE,
    assetHash: sha256.toString('hex').slice(0, 32),
  });
  return { path: asset.path, sha256 };
}
