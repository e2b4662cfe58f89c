import { imageVersion } from '../../config/workers.ts';

interface Answer {
  status: number;
  type: string;
  body: string;
}

/** The quota of every service, as a new account has it for Spot machines. */
const quota = 5;

/**
 * Returns the parts of STS, IAM, EC2 and Service Quotas that the commands use: a new account without the Spot role, in which every
 * image exists and each role has an empty policy.
 */
export function accountServices(): (form: URLSearchParams, target: unknown) => Answer {
  let hasSpotRole = false;
  let asked: number | undefined;

  function query(form: URLSearchParams): Answer {
    const action = form.get('Action') ?? '';
    if (action === 'GetCallerIdentity') return xml(action, '<Account>111122223333</Account>');
    if (action === 'DescribeImages')
      return { ...xml(action, ''), body: imageOf(form.get('Filter.1.Value.1') ?? '') };
    if (action === 'CreateServiceLinkedRole') {
      hasSpotRole = true;
      return xml(action, spotRole);
    }
    if (action === 'GetRole' && hasSpotRole) return xml(action, spotRole);
    if (action === 'GetRolePolicy')
      return xml(
        action,
        `<RoleName>${form.get('RoleName')}</RoleName><PolicyName>${form.get('PolicyName')}</PolicyName>` +
          `<PolicyDocument>${encodeURIComponent('{"Version":"2012-10-17","Statement":[]}')}</PolicyDocument>`,
      );
    return {
      ...{ status: action === 'GetRole' ? 404 : 501, type: 'text/xml' },
      body: `<ErrorResponse><Error><Code>${action === 'GetRole' ? 'NoSuchEntity' : 'NotImplemented'}</Code><Message>${action}</Message></Error></ErrorResponse>`,
    };
  }

  function quotas(target: string): Answer {
    if (target.endsWith('.GetServiceQuota')) return json({ Quota: { Value: quota } });
    if (target.endsWith('.RequestServiceQuotaIncrease')) asked = 8;
    const requested = { DesiredValue: asked, Status: 'PENDING' };
    return json(
      target.endsWith('.RequestServiceQuotaIncrease')
        ? { RequestedQuota: requested }
        : { RequestedQuotas: asked === undefined ? [] : [requested] },
    );
  }

  return (form, target) => (typeof target === 'string' ? quotas(target) : query(form));
}

const spotRole =
  '<Role><Path>/aws-service-role/spot.amazonaws.com/</Path><RoleName>AWSServiceRoleForEC2Spot</RoleName>' +
  '<RoleId>AROA1234567890ABCDEF1</RoleId><CreateDate>2026-11-30T00:00:00Z</CreateDate>' +
  '<Arn>arn:aws:iam::111122223333:role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot</Arn></Role>';

const xml = (action: string, result: string): Answer => ({
  ...{ status: 200, type: 'text/xml' },
  body: `<${action}Response><${action}Result>${result}</${action}Result></${action}Response>`,
});

const json = (value: object): Answer => ({
  ...{ status: 200, type: 'application/x-amz-json-1.1' },
  body: JSON.stringify(value),
});

const imageOf = (id: string) =>
  `<DescribeImagesResponse><imagesSet><item><imageId>${id}</imageId><imageState>available</imageState><tagSet><item>` +
  `<key>${imageVersion.tag}</key><value>${imageVersion.built}</value></item></tagSet></item></imagesSet></DescribeImagesResponse>`;
