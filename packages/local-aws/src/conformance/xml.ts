import { XMLParser } from 'fast-xml-parser';
import { type Model, type Reference, type Shape, shapeOf } from './model.ts';

type Element = { [name: string]: Element[] | string };

// Every element is a list, since a parser cannot know which of them repeat.
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  isArray: (_name, _path, _leaf, isAttribute) => !isAttribute,
  parseTagValue: false,
  alwaysCreateTextNode: true,
  trimValues: false,
  ignoreDeclaration: true,
});

/** Returns the first element of a document and its name. */
export function readXml(text: string): { name: string; root: Element } {
  const document = parser.parse(text) as Element;
  const [name = ''] = Object.keys(document).filter((one) => !one.startsWith('#') && !one.startsWith('?'));
  return { name, root: firstOf(document, name) ?? {} };
}

export function firstOf(element: Element, name: string): Element | undefined {
  const found = element[name];
  return Array.isArray(found) ? found[0] : undefined;
}

/** Returns the value that an element holds for a shape; elements that the shape does not have keep their names. */
export function contentOf(model: Model, shape: Shape, element: Element): unknown {
  const inner = (reference: Reference, one: Element) => contentOf(model, shapeOf(model, reference), one);
  const { member, key, value } = shape;
  if (shape.type === 'structure') return structureOf(model, shape.members ?? {}, element);
  if (shape.type === 'list' && member) {
    const name = member.locationName ?? (model.metadata.protocol === 'ec2' ? 'item' : 'member');
    return children(element, name).map((one) => inner(member, one));
  }
  if (shape.type === 'map' && key && value)
    return Object.fromEntries(
      children(element, 'entry').map((one) => [
        textOf(firstOf(one, key.locationName ?? 'key')),
        inner(value, firstOf(one, value.locationName ?? 'value') ?? {}),
      ]),
    );
  return textOf(element);
}

function structureOf(
  model: Model,
  members: Readonly<Record<string, Reference>>,
  element: Element,
): Record<string, unknown> {
  const names = new Map(Object.entries(members).map(([name, one]) => [one.locationName ?? name, name]));
  const found: Record<string, unknown> = {};
  for (const [written, inner] of Object.entries(element)) {
    if (written.startsWith('#') || written.startsWith('@')) continue;
    const name = names.get(written) ?? written;
    const member = Object.hasOwn(members, name) ? members[name] : undefined;
    const all = Array.isArray(inner) ? inner : [];
    const shape = member && shapeOf(model, member);
    // The members of a flattened list repeat in place of the list.
    if (member && shape?.type === 'list' && shape.member && (shape.flattened || member.flattened)) {
      const item = shape.member;
      found[name] = all.map((one) => contentOf(model, shapeOf(model, item), one));
    } else found[name] = shape && all[0] ? contentOf(model, shape, all[0]) : textOf(all[0]);
  }
  return found;
}

function children(element: Element, name: string): Element[] {
  const found = element[name];
  return Array.isArray(found) ? found : [];
}

function textOf(element: Element | undefined): string {
  const text = element?.['#text'];
  return typeof text === 'string' ? text : '';
}
