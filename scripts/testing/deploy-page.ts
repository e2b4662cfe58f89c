/**
 * How each command of docs/deploy.md is tried, in the order of a first deployment: next to a stand-in for an account, with what
 * it prints and its exit status, or not at all, with the reason.
 */
export type Way = { prints: RegExp; status?: number; needs?: readonly string[] } | { cannot: string };

/** Reasons why a command is not run. */
export const replaced: readonly string[] = [
  "AWS's services: the local cloud, and a server with the few operations of STS, IAM, EC2, Service Quotas and buckets that are used",
  'the AWS provider of Terraform: one with the same schema that changes nothing, so the local cloud gets each deployment from the test',
  "cdktf's CLI, 400 MB: its two steps, synth and apply, without the question before an apply",
  'a terminal: a shell without one, in which YES=1 agrees',
  "YouTube's consent and its channel: fakes/youtube",
];

/** Terraform runs with a provider that needs no account, where that is available. */
const offlineTerraform = 'terraform and its offline provider';

export const ways: Readonly<Record<string, Way>> = {
  'make doctor FIX=1': { prints: /the bucket my-terraform-states does not exist/, status: 2 },
  'aws s3api create-bucket --bucket my-terraform-states --region eu-west-1 --create-bucket-configuration LocationConstraint=eu-west-1':
    { prints: /my-terraform-states/, needs: ['aws'] },
  'aws s3api put-bucket-versioning --bucket my-terraform-states --versioning-configuration Status=Enabled': {
    ...{ prints: /^/, needs: ['aws'] },
  },
  'aws s3api put-public-access-block --bucket my-terraform-states --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true':
    { prints: /^/, needs: ['aws'] },
  'aws iam create-service-linked-role --aws-service-name spot.amazonaws.com': {
    ...{ prints: /AWSServiceRoleForEC2Spot/, needs: ['aws'] },
  },
  'make doctor STAGE=prod FIX=1': { prints: /request-service-quota-increase(?:.*\n)+.*done/, status: 2 },
  'make ami AWS_REGION=eu-west-1': {
    cannot: 'Packer starts a machine of the account and makes an image of its disk; make ami VALIDATE=1 runs',
  },
  'make ami VALIDATE=1': { prints: /the image and its scripts are valid/, needs: ['packer', 'shellcheck'] },
  'make bundle': { prints: /check-quota/ },
  'make plan': { prints: /Plan: \d+ to add/, needs: [offlineTerraform] },
  'make deploy': {
    ...{ prints: /Apply complete! Resources: \d+ added(?:.*\n)+recorded: /, needs: [offlineTerraform] },
  },
  'make deploy WHAT=record': { prints: /recorded(?: already)?: / },
  'make synth WHAT=lock': {
    cannot:
      "it downloads from Terraform's registry; scripts/provider-lock.test.ts runs it with a folder of archives",
  },
  'make secrets': { prints: /youtube/ },
  'make secrets SET=youtube': { prints: /manga-pipeline\/youtube is set/ },
  'make secrets LOGIN=youtube': { prints: /manga-pipeline\/youtube is set/ },
  'make doctor': { prints: /all 11 are deployed/ },
  'make live CMD=\'aws s3 cp my-chapter.cbz "s3://$S3_BUCKET/library/my-series/01.cbz"\'': {
    ...{ prints: /upload: .*01\.cbz/, needs: ['aws'] },
  },
  'make live CMD=\'aws stepfunctions start-execution --state-machine-arn "$STATE_MACHINE_ARN"\'': {
    ...{ prints: /"executionArn": "/, needs: ['aws'] },
  },
  'make rollback STAGE=prod LIST=1': { prints: /1 video, last good/ },
  'make rollback STAGE=prod': { prints: /live: the deployment of / },
  'make rollback STAGE=prod TO=2026-11-29': { prints: /live: the deployment of / },
  'make deploy WHAT=canary STAGE=prod': { prints: /live: the new deployment, after its video/ },
  'make cost MINUTES=12 PAGES=30 QUOTA=10': { prints: /a month +\$/ },
  'make destroy STAGE=dev': {
    prints: /Destroy complete! Resources: \d+ destroyed/,
    needs: [offlineTerraform],
  },
  'make bench WHAT=deploy': { cannot: 'it measures for minutes, on a machine that does nothing else' },
};
