import type { Deployment } from '../config/deployment.ts';
import type { Names } from './names.ts';

/** Where and as what a stack stands; every part of it is given this. */
export interface Site {
  config: Deployment;
  names: Names;
  /** The account's id, which Terraform asks for when it plans. */
  account: string;
  /** Where the bundles are. */
  dist: string;
}

export const arn = ({ config, account }: Site, service: string, rest: string) =>
  `arn:aws:${service}:${config.region}:${account}:${rest}`;
