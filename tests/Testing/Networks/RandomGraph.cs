using System.Globalization;
using Fused.Testing.Networks.Layers;

namespace Fused.Testing.Networks;

/// <summary>
/// Networks by seed that branch and join, of all layers in either layout, with sizes around which loops split, maps of one position and of one
/// channel. All that is made is read, but for the last layer's output, or for several. A failing one is made smaller by deleting lines of the declaration
/// that the failure prints.
/// </summary>
internal sealed class RandomGraph
{
    private const int MostSide = 13;
    private const int MostChannels = 40;

    /// <summary>The most multiplications of a layer: the reference takes its time for each.</summary>
    private const int MostOperations = 120_000;

    private readonly Random _random;
    private readonly List<Made> _made = [];
    private readonly RandomLayer _choice;

    private RandomGraph(int seed)
    {
        _random = new Random(seed);
        _choice = new RandomLayer(_random, MostSide, MostChannels, MostOperations);
    }

    /// <summary>A layer, or the input where there is none, by what it reads.</summary>
    private sealed record Made(TestLayer? Layer, int[] Sources, Form Form)
    {
        public int Readers { get; set; }
    }

    public static Network Of(int seed)
    {
        var graph = new RandomGraph(seed);
        graph._made.Add(new Made(null, [], graph._choice.Input()));
        for (int rest = graph._random.Next(3, 9); rest > 0; rest--)
        {
            graph.Grow();
        }

        graph.Close();
        return graph.Declared($"Graph{seed}");
    }

    /// <summary>The same with several outputs: what no layer reads, and some of what others do.</summary>
    public static Network WithOutputs(int seed)
    {
        var graph = new RandomGraph(seed);
        graph._made.Add(new Made(null, [], graph._choice.Input()));
        for (int rest = graph._random.Next(3, 9); rest > 0 || graph._made.Count < 3; rest--)
        {
            graph.Grow();
        }

        int[] outputs = [.. Enumerable.Range(1, graph._made.Count - 1).Where(i => graph._made[i].Readers == 0 || graph._random.Next(4) == 0)];
        graph._random.Shuffle(outputs);
        return graph.Declared($"Outputs{seed}", outputs.Length > 1 ? outputs : [1, graph._made.Count - 1]);
    }

    /// <summary>Those by seeds from one on that have so few multiplications, or what takes as long: for who executes each by itself.</summary>
    public static IEnumerable<Network> Small(int firstSeed, int mostOperations) =>
        Enumerable.Range(firstSeed, 1000).Select(Of).Where(network => network.Operations <= mostOperations);

    /// <summary>A layer more, or a block of them; mostly where nothing has been read yet.</summary>
    private void Grow()
    {
        int[] ends = Ends();
        int source = ends.Length > 2 || _random.Next(3) > 0 ? ends[_random.Next(ends.Length)] : _random.Next(_made.Count);
        Form form = _made[source].Form;
        switch (_random.Next(10))
        {
            case 0 or 1 when Partner(source) is { } partner:
                Join(source, partner);
                break;
            case 2 when !form.IsVector:
                // A residual: what the layers make has the form of what they read.
                int inside = Add(_choice.Convolution(form, isNeutral: true, filters: null), source);
                Join(Add(_choice.Convolution(_made[inside].Form, isNeutral: true, filters: form.Channels), inside), source);
                break;
            case 3 when !form.IsVector:
                // Squeeze-and-excitation.
                int pooled = form.ChannelsFirst || _random.Next(2) == 0
                    ? Add(new AdaptivePooling2D(PoolKind.Average, 1), source)
                    : Add(new Reshape(1, 1, form.Channels), Add(new GlobalPool(PoolKind.Average), source));
                int weights = Add(new Conv2D(form.Channels, new Window(1), _choice.Function(), UseBias: _random.Next(2) == 0), pooled);
                Add(_random.Next(2) == 0 ? new Join(JoinKind.Multiply, "", "") : new Join(JoinKind.Multiply, ""), source, weights);
                break;
            default:
                Add(_choice.Layer(form), source);
                break;
        }
    }

    /// <summary>Joins what is left over, and mostly ends with a head.</summary>
    private void Close()
    {
        for (int[] ends = Ends(); ends.Length > 1; ends = Ends())
        {
            if (Enumerable.Range(0, _made.Count).FirstOrDefault(i => ends.Contains(i) && i != ends[0] && Fits(ends[0], i), -1) is >= 0 and int fitting)
            {
                Join(ends[0], fitting);
            }
            else
            {
                foreach (int end in ends.Where(i => !_made[i].Form.IsVector))
                {
                    Add(new GlobalPool(_random.Next(2) == 0 ? PoolKind.Average : PoolKind.Max), end);
                }
            }
        }

        if (_random.Next(2) == 0)
        {
            int last = _made.Count - 1;
            last = _made[last].Form.IsVector ? last : Add(_made[last].Form.Length <= 200 ? new Flatten() : new GlobalPool(PoolKind.Average), last);
            Add(new Dense(_random.Next(1, 20), _random.Next(2) == 0 ? Function.Softmax : Function.Linear), last);
        }
    }

    /// <summary>What no layer has read.</summary>
    private int[] Ends() => [.. Enumerable.Range(0, _made.Count).Where(i => _made[i].Readers == 0)];

    private int? Partner(int source)
    {
        int[] fitting = [.. Enumerable.Range(0, _made.Count).Where(i => i != source && Fits(source, i))];
        return fitting.Length == 0 ? null : fitting[_random.Next(fitting.Length)];
    }

    /// <summary>Whether two may be joined: value by value, or one's channels after the other's.</summary>
    private bool Fits(int first, int second)
    {
        Form a = _made[first].Form, b = _made[second].Form;
        return a with { Channels = b.Channels } == b && (a == b || a.IsVector || a.Channels + b.Channels <= 2 * MostChannels);
    }

    private void Join(int first, int second)
    {
        bool areEqual = _made[first].Form == _made[second].Form;
        JoinKind kind = (JoinKind)_random.Next(Enum.GetValues<JoinKind>().Length);
        bool isConcatenation = !areEqual || (_random.Next(3) == 0 && _made[first].Form.Channels <= MostChannels);
        (first, second) = _random.Next(2) == 0 ? (second, first) : (first, second);
        bool isShort = _random.Next(2) == 0;
        Add(
            isConcatenation ? isShort ? new Concatenate("") : new Concatenate("", "") : isShort ? new Join(kind, "") : new Join(kind, "", ""),
            first, second);
    }

    /// <summary>Adds a layer and gives its place.</summary>
    private int Add(TestLayer layer, params int[] sources)
    {
        foreach (int source in sources)
        {
            _made[source].Readers++;
        }

        _made.Add(new Made(layer, sources, layer.Output([.. sources.Select(i => _made[i].Form)])));
        return _made.Count - 1;
    }

    /// <summary>The network as a user would declare it: only layers that others name have names.</summary>
    private Network Declared(string name, params int[] outputs)
    {
        var layers = new List<TestLayer>();
        var named = new HashSet<int>();
        for (int i = 1; i < _made.Count; i++)
        {
            int[] sources = _made[i].Sources;
            TestLayer layer = _made[i].Layer!;
            bool namesAll = layer.Joined.Count > 1;
            layer = layer switch
            {
                Join join => join with { Names = [.. sources.Skip(namesAll ? 0 : 1).Select(Reference)] },
                Concatenate concatenate => concatenate with { Names = [.. sources.Skip(namesAll ? 0 : 1).Select(Reference)] },
                _ => layer,
            };
            layers.Add(namesAll || sources[0] == i - 1 ? layer : layer with { From = Reference(sources[0]) });
        }

        string[] given = [.. outputs.Select(Reference)];
        return new Network(name, _made[0].Form, layers.Select((layer, i) => named.Contains(i + 1) ? layer with { Name = Reference(i + 1) } : layer).ToArray()) { Outputs = [.. given] };

        string Reference(int made)
        {
            named.Add(made);
            return made == 0 ? "input" : string.Create(CultureInfo.InvariantCulture, $"layer{made}");
        }
    }
}
