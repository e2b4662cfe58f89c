import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js';
import { Construct } from 'constructs';
import type { Site } from '../site.ts';
import { policy, type Statement, trust } from './policy.ts';

interface RoleOptions {
  /** `<name>` in `manga-pipeline-<name>`. */
  name: string;
  description: string;
  service: 'lambda' | 'ec2' | 'states' | 'scheduler';
  statements: readonly Statement[];
}

/** A role of one service with exactly one policy, inside the operator's boundary if one is set. */
export class ServiceRole extends Construct {
  readonly arn: string;
  readonly name: string;
  /** Resources depend on the policy, so that they do not start without their permissions. */
  readonly policy: IamRolePolicy;

  constructor(scope: Construct, id: string, { config, names, account }: Site, options: RoleOptions) {
    super(scope, id);
    const guarded = options.service === 'states' || options.service === 'scheduler';
    const role = new IamRole(this, 'role', {
      name: names.named(options.name),
      description: options.description,
      assumeRolePolicy: trust(`${options.service}.amazonaws.com`, guarded ? account : undefined),
      ...(config.permissionsBoundary && { permissionsBoundary: config.permissionsBoundary }),
    });
    this.policy = new IamRolePolicy(this, 'policy', {
      name: 'needs',
      role: role.name,
      policy: policy(options.statements),
    });
    this.arn = role.arn;
    this.name = role.name;
  }
}
