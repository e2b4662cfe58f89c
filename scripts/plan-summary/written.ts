import * as z from 'zod';
import type { Plan, ResourceChange, Values } from './plan.ts';

/** The synthesized stack: the source of every resource, including references. */
const Synthesized = z.object({
  resource: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))).default({}),
});

/**
 * Replaces values that Terraform knows only after the apply by those written in the stack, so that the policy of a new
 * role can be read before it exists. References become values if they are known, otherwise a description.
 */
export function asWritten(plan: Plan, synthesized: string): Plan {
  const { resource } = Synthesized.parse(JSON.parse(synthesized));
  const byAddress = new Map(plan.changes.map((change) => [change.address, change]));
  return {
    ...plan,
    changes: plan.changes.map((change) => {
      const [type = '', name = ''] = change.address.split('.');
      const written = Object.entries(resource[type]?.[name] ?? {}).flatMap(([attribute, value]) =>
        typeof value === 'string' && isUnknown(change, attribute)
          ? [[attribute, filled(value, byAddress, plan.data)] as const]
          : [],
      );
      return written.length === 0
        ? change
        : { ...change, after: { ...change.after, ...Object.fromEntries(written) } };
    }),
  };
}

const isUnknown = ({ unknown, after }: ResourceChange, attribute: string) =>
  (unknown as Values | null)?.[attribute] === true && (after[attribute] ?? undefined) === undefined;

const reference = /\$\{((?:data\.)?[\w-]+\.[\w-]+)\.(\w+)\}/g;

function filled(text: string, changes: ReadonlyMap<string, ResourceChange>, data: Plan['data']): string {
  return text.replace(reference, (_, address: string, attribute: string) => {
    const change = changes.get(address);
    const value = change ? attributeOf(change, attribute) : data.get(address)?.[attribute];
    // The text around is JSON, or a name that needs no escaping.
    if (typeof value === 'string' && value) return JSON.stringify(value).slice(1, -1);
    return `‹${attribute} of ${change ? labelOf(change) : address}›`;
  });
}

/** Returns the future value of an attribute, if it is known: an unchanged resource keeps its value. */
function attributeOf({ kind, before, after }: ResourceChange, attribute: string): unknown {
  const stays = kind === 'update' || kind === 'none';
  return after[attribute] ?? (stays ? before[attribute] : undefined);
}

/** Returns the resource's name in AWS, otherwise Terraform's. */
function labelOf({ after, address }: ResourceChange): string {
  const name = after.name ?? after.function_name ?? after.bucket;
  return typeof name === 'string' && /^[\w/.-]+$/.test(name) ? name : address;
}
