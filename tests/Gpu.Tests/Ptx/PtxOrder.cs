namespace Fused.Gpu.Tests.Ptx;

/// <summary>
/// Puts the basic blocks of a kernel in a weak topological order (Bourdoncle): a block stands after all that lead to it, except
/// by a loop's way back, and a loop's blocks stand together. Lanes that run in the order of their places, the smallest first,
/// are therefore together again as soon as their paths meet, as a GPU's compiler arranges it. The text's own order will not do:
/// ILGPU puts the branch of an 'if' behind what follows it.
/// </summary>
internal static class PtxOrder
{
    /// <summary>The indices of the instructions that can be reached, in the order of execution.</summary>
    public static IReadOnlyList<int> Of(PtxKernel kernel)
    {
        var graph = new Graph(kernel);
        return [.. graph.Order().SelectMany(graph.Instructions)];
    }

    private sealed class Graph
    {
        private readonly List<(int Start, int End)> _blocks = [];
        private readonly List<List<int>> _successors = [];
        private readonly bool[] _reachesBarrier;

        public Graph(PtxKernel kernel)
        {
            IReadOnlyList<PtxInstruction> code = kernel.Instructions;
            var starts = new SortedSet<int>(kernel.Labels.Values.Where(i => i < code.Count)) { 0 };
            for (int i = 0; i + 1 < code.Count; i++)
            {
                if (code[i].Operation is "bra" or "ret" or "exit")
                {
                    starts.Add(i + 1);
                }
            }

            int[] bounds = [.. starts, code.Count];
            var blockAt = new Dictionary<int, int>();
            for (int b = 0; b + 1 < bounds.Length; b++)
            {
                blockAt.Add(bounds[b], b);
                _blocks.Add((bounds[b], bounds[b + 1]));
            }

            foreach ((int _, int end) in _blocks)
            {
                PtxInstruction last = code[end - 1];
                var successors = new List<int>();
                if (last.Operation == "bra")
                {
                    successors.Add(blockAt[PtxDecoder.Target(kernel, last)]);
                }

                if (last.Guard is not null || last.Operation is not ("bra" or "ret" or "exit"))
                {
                    successors.Add(blockAt.TryGetValue(end, out int next)
                        ? next
                        : throw new PtxSyntaxException("The code ends without ret", last.Line, last.Text));
                }

                _successors.Add(successors);
            }

            _reachesBarrier = [.. _blocks.Select(b => Enumerable.Range(b.Start, b.End - b.Start).Any(i => code[i].Operation is "bar" or "barrier"))];
            for (bool changed = true; changed;)
            {
                changed = false;
                for (int b = 0; b < _blocks.Count; b++)
                {
                    if (!_reachesBarrier[b] && _successors[b].Any(s => _reachesBarrier[s]))
                    {
                        changed = _reachesBarrier[b] = true;
                    }
                }
            }
        }

        public IEnumerable<int> Instructions(int block) => Enumerable.Range(_blocks[block].Start, _blocks[block].End - _blocks[block].Start);

        public List<int> Order() => Order([.. Enumerable.Range(0, _blocks.Count)], 0, header: -1);

        /// <summary>
        /// The blocks of a region that can be reached from one of them, without ways back to the header: its strongly connected
        /// components in topological order (Tarjan), each loop ordered in turn.
        /// </summary>
        private List<int> Order(HashSet<int> region, int entry, int header)
        {
            var number = new Dictionary<int, int>();
            var low = new Dictionary<int, int>();
            var stack = new Stack<int>();
            var onStack = new HashSet<int>();
            var components = new List<List<int>>();

            IEnumerable<int> Successors(int block) => _successors[block].Where(s => s != header && region.Contains(s));

            void Visit(int block)
            {
                number[block] = low[block] = number.Count;
                stack.Push(block);
                onStack.Add(block);

                // What is visited first comes last: lanes that meet no barrier get out of the way of those that do.
                foreach (int next in Successors(block).OrderByDescending(s => _reachesBarrier[s]))
                {
                    if (!number.TryGetValue(next, out int visited))
                    {
                        Visit(next);
                        low[block] = Math.Min(low[block], low[next]);
                    }
                    else if (onStack.Contains(next))
                    {
                        low[block] = Math.Min(low[block], visited);
                    }
                }

                if (low[block] == number[block])
                {
                    var component = new List<int>();
                    int member;
                    do
                    {
                        member = stack.Pop();
                        onStack.Remove(member);
                        component.Add(member);
                    }
                    while (member != block);
                    components.Add(component);
                }
            }

            Visit(entry);
            components.Reverse();
            var order = new List<int>();
            foreach (List<int> component in components)
            {
                // The last popped is the one that the component was entered by.
                int first = component[^1];
                order.AddRange(component.Count == 1 ? component : Order([.. component], first, header: first));
            }

            return order;
        }
    }
}
