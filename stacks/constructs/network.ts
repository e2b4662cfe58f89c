import { DataAwsAvailabilityZones } from '@cdktf/provider-aws/lib/data-aws-availability-zones/index.js';
import { DefaultSecurityGroup } from '@cdktf/provider-aws/lib/default-security-group/index.js';
import { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway/index.js';
import { Route } from '@cdktf/provider-aws/lib/route/index.js';
import { RouteTable } from '@cdktf/provider-aws/lib/route-table/index.js';
import { RouteTableAssociation } from '@cdktf/provider-aws/lib/route-table-association/index.js';
import { Subnet } from '@cdktf/provider-aws/lib/subnet/index.js';
import { Vpc } from '@cdktf/provider-aws/lib/vpc/index.js';
import { VpcEndpoint } from '@cdktf/provider-aws/lib/vpc-endpoint/index.js';
import { Fn } from 'cdktf';
import { Construct } from 'constructs';
import type { Site } from '../site.ts';

const everywhere = '0.0.0.0/0';

/** Public subnets over the zones of the region: no NAT gateway, which would cost more than the machines. */
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
    // The group that a VPC comes with lets its members talk to each other; here nobody is a member of it.
    new DefaultSecurityGroup(this, 'closed', { vpcId: vpc.id });
    const routes = this.#routeToTheInternet(site);
    this.subnetIds = this.#createSubnets(site, routes);
    // Free, and videos don't pass the internet gateway.
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
    const zones = new DataAwsAvailabilityZones(this, 'zones', {
      state: 'available',
      // Local Zones have few instance types and are no zones of the region.
      filter: [{ name: 'opt-in-status', values: ['opt-in-not-required'] }],
    });
    return Array.from({ length: config.zones }, (_, index) => {
      const subnet = new Subnet(this, `subnet-${index}`, {
        vpcId: this.vpcId,
        cidrBlock: `10.83.${index * 16}.0/20`,
        // `element` starts again from the first where a region has fewer zones.
        availabilityZone: Fn.element(zones.names, index),
        mapPublicIpOnLaunch: true,
        tags: { Name: `${names.named('workers')}-${index}` },
      });
      new RouteTableAssociation(this, `routes-${index}`, { subnetId: subnet.id, routeTableId: routes.id });
      return subnet.id;
    });
  }
}
