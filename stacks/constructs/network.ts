import { DefaultSecurityGroup } from '@cdktf/provider-aws/lib/default-security-group/index.js';
import { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway/index.js';
import { Route } from '@cdktf/provider-aws/lib/route/index.js';
import { RouteTable } from '@cdktf/provider-aws/lib/route-table/index.js';
import { RouteTableAssociation } from '@cdktf/provider-aws/lib/route-table-association/index.js';
import { Subnet } from '@cdktf/provider-aws/lib/subnet/index.js';
import { Vpc } from '@cdktf/provider-aws/lib/vpc/index.js';
import { VpcEndpoint } from '@cdktf/provider-aws/lib/vpc-endpoint/index.js';
import { Construct } from 'constructs';
import type { Site } from '../site.ts';

const everywhere = '0.0.0.0/0';

/** Fixed, not queried from AWS: a new zone or another order would move the existing subnets. */
const usualZones: Readonly<Record<string, readonly string[]>> = {
  'us-west-1': ['a', 'c'],
  'ca-central-1': ['a', 'b', 'd'],
  'ap-northeast-1': ['a', 'c', 'd'],
};
const zonesOf = ({ region, zones }: Site['config']) => zones ?? usualZones[region] ?? ['a', 'b', 'c'];

/** Public subnets in the zones of the region, without a NAT gateway, which would cost more than the machines. */
export class PublicNetwork extends Construct {
  readonly vpcId: string;
  readonly subnetIds: readonly string[];

  constructor(scope: Construct, id: string, site: Site) {
    super(scope, id);
    const { names, config } = site;
    const vpc = new Vpc(this, 'vpc', {
      cidrBlock: '10.83.0.0/16',
      enableDnsHostnames: true,
      tags: { Name: names.named('workers') },
    });
    this.vpcId = vpc.id;
    // The default group of a VPC allows traffic between its members; nothing here is a member of it.
    new DefaultSecurityGroup(this, 'closed', { vpcId: vpc.id });
    const routes = this.#routeToTheInternet(site);
    this.subnetIds = this.#createSubnets(site, routes);
    // Free, and keeps videos off the internet gateway.
    for (const service of ['s3', 'dynamodb'])
      new VpcEndpoint(this, service, {
        vpcId: vpc.id,
        serviceName: `com.amazonaws.${config.region}.${service}`,
        vpcEndpointType: 'Gateway',
        routeTableIds: [routes.id],
      });
  }

  #routeToTheInternet({ names }: Site): RouteTable {
    const tags = { Name: names.named('workers') };
    const gateway = new InternetGateway(this, 'internet', { vpcId: this.vpcId, tags });
    const routes = new RouteTable(this, 'routes', { vpcId: this.vpcId, tags });
    new Route(this, 'out', {
      routeTableId: routes.id,
      destinationCidrBlock: everywhere,
      gatewayId: gateway.id,
    });
    return routes;
  }

  #createSubnets({ config, names }: Site, routes: RouteTable): string[] {
    return zonesOf(config).map((zone, index) => {
      const subnet = new Subnet(this, `subnet-${zone}`, {
        vpcId: this.vpcId,
        cidrBlock: `10.83.${index * 16}.0/20`,
        availabilityZone: `${config.region}${zone}`,
        mapPublicIpOnLaunch: true,
        tags: { Name: `${names.named('workers')}-${zone}` },
      });
      new RouteTableAssociation(this, `routes-${zone}`, { subnetId: subnet.id, routeTableId: routes.id });
      return subnet.id;
    });
  }
}
