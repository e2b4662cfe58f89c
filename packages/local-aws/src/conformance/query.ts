import { type Model, type Reference, shapeOf } from './model.ts';

/** Parameters as a tree: `Filter.1.Name` is below `Filter`, then `1`. */
interface Tree {
  text?: string;
  below: Map<string, Tree>;
}

function treeOf(parameters: Iterable<readonly [string, string]>): Tree {
  const root: Tree = { below: new Map() };
  for (const [name, text] of parameters) {
    let at = root;
    for (const part of name.split('.')) {
      const next = at.below.get(part) ?? { below: new Map() };
      at.below.set(part, next);
      at = next;
    }
    at.text = text;
  }
  return root;
}

/** Returns the input of a request in the Query protocol; parameters that it does not have keep their names. */
export function readQuery(model: Model, input: Reference | undefined, body: string): unknown {
  const parameters = [...new URLSearchParams(body)].filter(
    ([name]) => name !== 'Action' && name !== 'Version',
  );
  const isEc2 = model.metadata.protocol === 'ec2';

  const nameOf = (name: string, { queryName, locationName }: Reference) =>
    isEc2 ? (queryName ?? capital(locationName ?? name)) : (locationName ?? name);

  function read(reference: Reference, tree: Tree): unknown {
    const shape = shapeOf(model, reference);
    const { member, key, value } = shape;
    if (shape.type === 'structure') return structure(shape.members ?? {}, tree);
    if (shape.type === 'list' && member) {
      const isFlat = isEc2 || shape.flattened || reference.flattened;
      const items = isFlat ? tree : (tree.below.get(member.locationName ?? 'member') ?? tree);
      return inOrder(items).map((one) => read(member, one));
    }
    if (shape.type === 'map' && key && value) {
      const entries = inOrder(shape.flattened ? tree : (tree.below.get('entry') ?? tree));
      return Object.fromEntries(
        entries.map((one) => [
          one.below.get(key.locationName ?? 'key')?.text ?? '',
          read(value, one.below.get(value.locationName ?? 'value') ?? { below: new Map() }),
        ]),
      );
    }
    return tree.text;
  }

  function structure(members: Readonly<Record<string, Reference>>, tree: Tree): unknown {
    const names = new Map(Object.entries(members).map(([name, one]) => [nameOf(name, one), name]));
    return Object.fromEntries(
      [...tree.below].map(([written, inner]) => {
        const name = names.get(written);
        const member = name === undefined ? undefined : members[name];
        return name !== undefined && member ? [name, read(member, inner)] : [written, inner.text ?? {}];
      }),
    );
  }

  if (!input) return Object.fromEntries(parameters);
  return read(input, treeOf(parameters));
}

const inOrder = ({ below }: Tree): Tree[] =>
  [...below].sort(([one], [other]) => Number(one) - Number(other)).map(([, tree]) => tree);

const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
