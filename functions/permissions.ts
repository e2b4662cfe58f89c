import type { ResourceName } from './variables.ts';

/** An IAM action list on one resource of the deployment, or on any where AWS knows no narrower one. */
export interface Permission {
  actions: readonly string[];
  /** A resource by name; `jobs/*` and the like narrow the bucket to keys below a prefix. */
  on: ResourceName | 'any' | 'workerInstances' | 'workerRoles';
  keys?: string;
  /** Why `any` can't be narrowed. */
  reason?: string;
}

export const allow = (
  on: Permission['on'],
  actions: readonly string[],
  more: Partial<Permission> = {},
): Permission => ({
  on,
  actions,
  ...more,
});
