/** Converts an ASL definition to the graph that is drawn. */

export interface GraphNode {
  /** The state's name, or a name with `#` for other nodes: `#start`, `#end`, `Map#end`. */
  id: string;
  /** A type of the language, or `Start`, `End` and `Join`. */
  type: string;
  /** The enclosing Map or Parallel state. */
  parent?: string;
  comment?: string;
  resource?: string;
}

export interface GraphEdge {
  from: string;
  to: string;
  kind: 'next' | 'catch';
  /** The condition of a choice, or the caught errors. */
  label?: string;
}

export interface AslGraph {
  nodes: GraphNode[];
  edges: GraphEdge[];
}

interface State {
  Type: string;
  Comment?: string;
  Resource?: string;
  Next?: string;
  End?: boolean;
  Default?: string;
  Choices?: Rule[];
  Catch?: { ErrorEquals: string[]; Next: string }[];
  Branches?: Flow[];
  ItemProcessor?: Flow;
  Iterator?: Flow;
}
interface Flow {
  StartAt: string;
  States: Record<string, State>;
}
interface Rule {
  Next?: string;
  [field: string]: unknown;
}

/** Reads a definition that the engine has accepted, so its shape is valid. */
export function aslGraph(definition: string): AslGraph {
  const graph: AslGraph = { nodes: [{ id: '#start', type: 'Start' }], edges: [] };
  const flow = JSON.parse(definition) as Flow;
  addFlow(graph, flow, { start: '#start', end: '#end' });
  if (graph.edges.some(({ to }) => to === '#end')) graph.nodes.push({ id: '#end', type: 'End' });
  return graph;
}

/** Adds a flow: an edge from `start` into it, and edges from its last states to `end`. */
function addFlow(graph: AslGraph, flow: Flow, around: { start: string; end: string; parent?: string }): void {
  const { start, end, parent } = around;
  graph.edges.push({ from: start, to: flow.StartAt, kind: 'next' });
  for (const [id, state] of Object.entries(flow.States)) {
    graph.nodes.push({
      id,
      type: state.Type,
      ...(parent && { parent }),
      ...(state.Comment && { comment: state.Comment }),
      ...(state.Resource && { resource: state.Resource }),
    });
    addEdges(graph, id, state, end);
  }
}

function addEdges(graph: AslGraph, id: string, state: State, end: string): void {
  const inner = [...(state.Branches ?? []), state.ItemProcessor ?? state.Iterator].filter(
    (flow) => flow !== undefined,
  );
  let from = id;
  if (inner.length > 0) {
    // Drawn as a box: the state at its top, its inner flow, and the node where that ends.
    const node = graph.nodes.at(-1);
    const box = `${id}#box`;
    const join = `${id}#end`;
    graph.nodes.push(
      { id: box, type: 'Box', ...(node?.parent && { parent: node.parent }) },
      { id: join, type: 'Join', parent: box },
    );
    if (node) node.parent = box;
    for (const flow of inner) addFlow(graph, flow, { start: id, end: join, parent: box });
    from = join;
  }
  for (const rule of state.Choices ?? [])
    if (rule.Next) graph.edges.push({ from: id, to: rule.Next, kind: 'next', label: question(rule) });
  if (state.Default) graph.edges.push({ from: id, to: state.Default, kind: 'next', label: 'otherwise' });
  if (state.Next) graph.edges.push({ from, to: state.Next, kind: 'next' });
  if (state.End || state.Type === 'Succeed' || state.Type === 'Fail') {
    // Inside a box, states such as Fail show that they end the whole machine.
    if (state.End || end !== '#end') graph.edges.push({ from, to: end, kind: 'next' });
  }
  for (const { ErrorEquals, Next } of state.Catch ?? [])
    graph.edges.push({ from: id, to: Next, kind: 'catch', label: ErrorEquals.join(', ') });
}

const signs: Record<string, string> = {
  Equals: '=',
  LessThan: '<',
  LessThanEquals: '≤',
  GreaterThan: '>',
  GreaterThanEquals: '≥',
  Matches: 'matches',
};

/** Abbreviates a condition: `$.quota.quota_reached = true`. */
function question(rule: Rule): string {
  const { Condition, And, Or, Not, Variable } = rule;
  if (typeof Condition === 'string') return Condition.replace(/^\{%\s*|\s*%\}$/g, '');
  if (Array.isArray(And)) return And.map((one) => question(one as Rule)).join(' and ');
  if (Array.isArray(Or)) return Or.map((one) => question(one as Rule)).join(' or ');
  if (Not) return `not ${question(Not as Rule)}`;
  const operator = Object.keys(rule).find((field) => /^(String|Numeric|Boolean|Timestamp|Is)/.test(field));
  if (!operator) return '';
  const name = String(Variable).replace(/^\$\.?/, '');
  const value = rule[operator];
  if (operator.startsWith('Is'))
    return `${name} is ${value === false ? 'not ' : ''}${operator.slice(2).toLowerCase()}`;
  const plain = operator.replace(/^(String|Numeric|Boolean|Timestamp)/, '').replace(/Path$/, '');
  return `${name} ${signs[plain] ?? plain} ${value}`;
}
