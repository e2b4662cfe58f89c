/** Positions of the states of a graph, from top to bottom, and the lines between them. */
import type { AslGraph, GraphEdge, GraphNode } from './asl-graph.ts';

export interface PlacedNode extends GraphNode {
  /** The centre. */
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface PlacedEdge extends GraphEdge {
  points: { x: number; y: number }[];
  labelAt?: { x: number; y: number };
}

export interface Drawing {
  width: number;
  height: number;
  nodes: PlacedNode[];
  edges: PlacedEdge[];
}

const margin = 12;

function sizeOf({ id, type }: GraphNode): { width: number; height: number } {
  if (type === 'Start' || type === 'End') return { width: 14, height: 14 };
  if (type === 'Join') return { width: 8, height: 8 };
  if (type === 'Box') return { width: 0, height: 0 };
  return { width: Math.max(96, Math.round(id.length * 7.4) + 44), height: 36 };
}

/** Labels have a smaller font and are truncated. */
const labelLength = 34;
const shortLabel = (label: string) =>
  label.length > labelLength ? `${label.slice(0, labelLength - 1)}…` : label;

/**
 * Lays out the graph. Catch lines would hide the flow, so they do not affect the layout and are drawn straight, on
 * request.
 */
export async function drawGraph(asl: AslGraph): Promise<Drawing> {
  const { graphlib, layout } = await import('@dagrejs/dagre');
  const graph = new graphlib.Graph({ multigraph: true, compound: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 28, ranksep: 30, edgesep: 14, marginx: margin, marginy: margin });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of asl.nodes) graph.setNode(node.id, sizeOf(node));
  for (const { id, parent } of asl.nodes) if (parent) graph.setParent(id, parent);

  const flowEdges = asl.edges.filter(({ kind }) => kind === 'next');
  const reached = new Set(flowEdges.map(({ to }) => to));
  // A state that is reached only by errors is placed below the first state that catches them.
  const firstCatches = new Map(
    asl.edges
      .filter(({ kind, to }) => kind === 'catch' && !reached.has(to))
      .reverse()
      .map((edge) => [edge.to, edge]),
  );
  const drawn = asl.edges.filter((edge) => edge.kind === 'next' || firstCatches.get(edge.to) === edge);
  for (const edge of drawn) {
    const { from, to, kind, label = '' } = edge;
    const size = label && kind === 'next' ? { width: shortLabel(label).length * 5.6 + 8, height: 14 } : {};
    const name = String(asl.edges.indexOf(edge));
    graph.setEdge(from, to, { ...size, labelpos: 'c', weight: kind === 'next' ? 2 : 0 }, name);
  }
  layout(graph);

  const nodes = asl.nodes.map((node): PlacedNode => {
    const { x = 0, y = 0, width = 0, height = 0 } = graph.node(node.id);
    return {
      ...node,
      x: Math.round(x),
      y: Math.round(y),
      width: Math.round(width),
      height: Math.round(height),
    };
  });
  const placeOf = new Map(nodes.map((node) => [node.id, node]));
  const edges = asl.edges.map((edge, index): PlacedEdge => {
    const placed = drawn.includes(edge) ? graph.edge(edge.from, edge.to, String(index)) : undefined;
    if (!placed) return { ...edge, points: straight(placeOf.get(edge.from), placeOf.get(edge.to)) };
    const points = placed.points.map(({ x, y }: { x: number; y: number }) => ({
      x: Math.round(x),
      y: Math.round(y),
    }));
    if (!edge.label || edge.kind === 'catch') return { ...edge, points };
    const labelAt = { x: Math.round(placed.x ?? 0), y: Math.round(placed.y ?? 0) };
    return { ...edge, label: shortLabel(edge.label), points, labelAt };
  });
  const { width = 0, height = 0 } = graph.graph();
  return { width: Math.ceil(width), height: Math.ceil(height), nodes, edges };
}

function straight(from: PlacedNode | undefined, to: PlacedNode | undefined): { x: number; y: number }[] {
  if (!from || !to) return [];
  const side = Math.sign(to.x - from.x) || 1;
  const start = { x: from.x + (side * from.width) / 2, y: from.y };
  const end = { x: to.x - (side * to.width) / 2, y: to.y };
  return [start, { x: (start.x + end.x) / 2 + side * 20, y: start.y }, end];
}
