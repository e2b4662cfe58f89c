import type { Deployment } from '../config/deployment.ts';
import type { Names } from './names.ts';

/** The account, region and stage that a stack is deployed to; every construct gets it. */
export interface Site {
  config: Deployment;
  names: Names;
  /** The account's id, which Terraform resolves when it plans. */
  account: string;
  /** Folder of the bundles. */
  dist: string;
}

export const arn = ({ config, account }: Site, service: string, rest: string) =>
  `arn:aws:${service}:${config.region}:${account}:${rest}`;
