/** What `findComponents` remembers of a node. */
interface Visit<Node> {
  readonly node: Node;
  readonly index: number;
  lowest: number;
  readonly waiting: Node[];
}

/**
 * The strongly connected components of a graph, each behind those it leads to: nodes that reach each other are in one. Works
 * without recursion, so that a long chain does not exhaust the stack.
 *
 * @see https://en.wikipedia.org/wiki/Tarjan%27s_strongly_connected_components_algorithm
 */
export function findComponents<Node>(nodes: Iterable<Node>, next: (node: Node) => Iterable<Node>): Node[][] {
  const finder = new ComponentFinder(next);
  for (const node of nodes) finder.visit(node);
  return finder.components;
}

class ComponentFinder<Node> {
  readonly components: Node[][] = [];
  readonly #next: (node: Node) => Iterable<Node>;
  readonly #indexes = new Map<Node, number>();
  readonly #open = new Set<Node>();
  readonly #stack: Node[] = [];

  constructor(next: (node: Node) => Iterable<Node>) {
    this.#next = next;
  }

  visit(root: Node): void {
    if (this.#indexes.has(root)) return;
    const path = [this.#enter(root)];
    for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
      const successor = visit.waiting.pop();
      if (successor === undefined) {
        path.pop();
        this.#leave(visit, path.at(-1));
      } else if (!this.#indexes.has(successor)) path.push(this.#enter(successor));
      else if (this.#open.has(successor)) {
        visit.lowest = Math.min(visit.lowest, this.#indexes.get(successor) ?? visit.lowest);
      }
    }
  }

  #enter(node: Node): Visit<Node> {
    const index = this.#indexes.size;
    this.#indexes.set(node, index);
    this.#stack.push(node);
    this.#open.add(node);
    return { node, index, lowest: index, waiting: [...this.#next(node)].reverse() };
  }

  #leave(visit: Visit<Node>, parent: Visit<Node> | undefined): void {
    if (parent !== undefined) parent.lowest = Math.min(parent.lowest, visit.lowest);
    if (visit.lowest !== visit.index) return;
    const component = this.#stack.splice(this.#stack.lastIndexOf(visit.node));
    for (const node of component) this.#open.delete(node);
    this.components.push(component);
  }
}
