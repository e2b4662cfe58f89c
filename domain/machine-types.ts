/** Architectures of machines, by EC2's names. */
export type Architecture = 'x86_64' | 'arm64';

interface MachineType {
  /** On demand, US dollars an hour; Spot costs less. */
  usdPerHour: number;
  /** Speed of one vCPU, relative to C5. */
  speed: number;
}

/**
 * Instance types with a known price. Prices are for Linux in us-east-1 on 2026-01-19, from AWS's price list as
 * karpenter-provider-aws publishes it (`zz_generated.pricing_aws.go`). Speeds are what AWS states for each generation; they
 * were not measured.
 */
export const machineTypes: Readonly<Record<string, MachineType>> = {
  'c6a.xlarge': { usdPerHour: 0.153, speed: 1.15 },
  'c6i.xlarge': { usdPerHour: 0.17, speed: 1.15 },
  'm6a.xlarge': { usdPerHour: 0.1728, speed: 1.15 },
  'c5a.xlarge': { usdPerHour: 0.154, speed: 1 },
  'c5.xlarge': { usdPerHour: 0.17, speed: 1 },
  'c6a.2xlarge': { usdPerHour: 0.306, speed: 1.15 },
  'c6i.2xlarge': { usdPerHour: 0.34, speed: 1.15 },
  'c5.2xlarge': { usdPerHour: 0.34, speed: 1 },
  'c8g.xlarge': { usdPerHour: 0.15952, speed: 1.8 },
  'c7g.xlarge': { usdPerHour: 0.145, speed: 1.4 },
  'm6g.xlarge': { usdPerHour: 0.154, speed: 1.1 },
  'c6g.xlarge': { usdPerHour: 0.136, speed: 1.1 },
  'c8g.2xlarge': { usdPerHour: 0.31904, speed: 1.8 },
  'c7g.2xlarge': { usdPerHour: 0.29, speed: 1.4 },
  't3a.small': { usdPerHour: 0.0188, speed: 1 },
  't3.small': { usdPerHour: 0.0208, speed: 1 },
  't3a.medium': { usdPerHour: 0.0376, speed: 1 },
  't3.medium': { usdPerHour: 0.0416, speed: 1 },
  'c6a.large': { usdPerHour: 0.0765, speed: 1.15 },
  't4g.small': { usdPerHour: 0.0168, speed: 1 },
  't4g.medium': { usdPerHour: 0.0336, speed: 1 },
  'c6g.medium': { usdPerHour: 0.034, speed: 1.1 },
  'c7g.medium': { usdPerHour: 0.0363, speed: 1.4 },
};

/**
 * The usual types of each worker, cheapest per video first. All sizes of a family render at the same price, but machines
 * also boot, which costs less on small ones; the larger ones at the end are other pools of Spot capacity. A new account has
 * a quota of 5 vCPUs.
 */
export const usualTypes = {
  x86_64: {
    renderer: [
      ...['c6a.xlarge', 'c6i.xlarge', 'm6a.xlarge', 'c5a.xlarge', 'c5.xlarge'],
      ...['c6a.2xlarge', 'c6i.2xlarge', 'c5.2xlarge'],
    ],
    uploader: ['t3a.small', 't3.small', 't3a.medium', 't3.medium', 'c6a.large'],
  },
  arm64: {
    renderer: ['c8g.xlarge', 'c7g.xlarge', 'c6g.xlarge', 'm6g.xlarge', 'c8g.2xlarge', 'c7g.2xlarge'],
    uploader: ['t4g.small', 't4g.medium', 'c6g.medium', 'c7g.medium'],
  },
} as const satisfies Record<Architecture, Record<'renderer' | 'uploader', readonly string[]>>;

/** Returns the architecture of an instance type: AWS's own processors have a g after the generation. */
export const architectureOf = (type: string): Architecture =>
  /^[a-z]+\d+[a-z]*g[a-z]*\./.test(type) ? 'arm64' : 'x86_64';

/** Machines of a job, of the smallest types that a stage allows. */
export interface JobMachines {
  rendererTypes: readonly string[];
  uploaderTypes: readonly string[];
  /** Machines that render its video at the same time. */
  renderers: number;
  /** Whether a machine stays after its task: a renderer that waits is then up beside the uploader. */
  stays: boolean;
}

/** Returns the most vCPUs that the machines of a job have at the same time. */
export function vcpusOfJob({ rendererTypes, uploaderTypes, renderers, stays }: JobMachines): number {
  const ofRender = renderers * fewestVcpus(rendererTypes);
  const ofUpload = fewestVcpus(uploaderTypes);
  return stays ? ofRender + ofUpload : Math.max(ofRender, ofUpload);
}

const fewestVcpus = (types: readonly string[]) => Math.min(...types.map(vcpusOf));

/** Returns the vCPUs of an instance type, which Spot quotas count (EC2 instance types, sizes of a family). */
export function vcpusOf(type: string): number {
  const [family = '', size = ''] = type.split('.');
  const times = /^(\d*)xlarge$/.exec(size);
  if (times) return Number(times[1] || 1) * 4;
  if (size.startsWith('metal')) return 96;
  // Small sizes of T3 and T4g have two vCPUs, those of other families one.
  return size === 'large' || /^t[34]/.test(family) || type === 't2.medium' ? 2 : 1;
}
