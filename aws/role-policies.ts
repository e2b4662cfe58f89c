import { GetRolePolicyCommand, NoSuchEntityException } from '@aws-sdk/client-iam';
import { iam } from './clients/iam.ts';

/** Returns an inline policy of a role as JSON; undefined when the role or the policy does not exist. */
export async function rolePolicy(role: string, policy: string): Promise<string | undefined> {
  try {
    const { PolicyDocument = '' } = await iam.send(
      new GetRolePolicyCommand({ RoleName: role, PolicyName: policy }),
    );
    // IAM sends it URL-encoded (RFC 3986).
    return decodeURIComponent(PolicyDocument);
  } catch (error) {
    if (error instanceof NoSuchEntityException) return undefined;
    throw error;
  }
}
