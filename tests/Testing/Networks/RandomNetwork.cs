namespace Fused.Testing.Networks;

/// <summary>
/// Networks by seed: any layers that fit one another, of sizes around which loops split: 1, primes, vector widths and their
/// neighbours. A failing one is made smaller by deleting lines of the declaration that the failure prints.
/// </summary>
internal sealed class RandomNetwork
{
    /// <summary>The longest vector that a Flatten may make.</summary>
    private const int MaxFlat = 400;

    private static readonly int[] Sides = [1, 1, 2, 3, 4, 5, 7, 8, 9];
    private static readonly int[] Units = [1, 2, 3, 5, 8, 10, 48, 96, 100, 257];

    private readonly Random _random;
    private readonly List<TestLayer> _layers = [];
    private Form _form;

    private RandomNetwork(int seed)
    {
        _random = new Random(seed);
        int channels = _random.Next(1, 71);
        _form = _random.Next(6) == 0 ? Form.Vector(channels) : new Form(Pick(Sides), Pick(Sides), channels, ChannelsFirst: _random.Next(2) == 0);
    }

    public static Network Of(int seed)
    {
        var network = new RandomNetwork(seed);
        Form input = network._form;
        network.AddMapLayers();
        network.AddVectorLayers();
        return new Network($"Random{seed}", input, network._layers.ToArray());
    }

    private void AddMapLayers()
    {
        if (_form.IsVector)
        {
            return;
        }

        for (int rest = _random.Next(4); rest > 0; rest--)
        {
            Add(Neutral() ?? (_form.ChannelsAreLast ? Rowwise(maxUnits: 24) : new BatchNormalization()));
        }

        if (_layers.Count > 0 && _random.Next(8) == 0)
        {
            return; // The output is a map.
        }

        // Half of the flattened maps are taken in the order that is not their own.
        Add(_random.Next(3) == 0 && _form.Length <= MaxFlat
            ? _random.Next(2) == 0 ? new Flatten(ChannelsLastOrder: !_form.ChannelsAreLast, ChannelsFirstOrder: _form.ChannelsAreLast) : new Flatten()
            : new GlobalPool(Pick(Enum.GetValues<PoolKind>())));
    }

    private void AddVectorLayers()
    {
        if (!_form.IsVector)
        {
            return;
        }

        for (int rest = _random.Next(_layers.Count == 0 ? 1 : 0, 5); rest > 0; rest--)
        {
            Add(Neutral() ?? Rowwise(maxUnits: 70));
        }
    }

    /// <summary>A layer for maps and vectors of either layout, or nothing.</summary>
    private TestLayer? Neutral() => _random.Next(8) switch
    {
        0 => new Dropout(),
        1 => new Activate(Pick(Function.Elementwise)),
        2 or 3 => new BatchNormalization(_random.Next(2) == 0 ? 1e-3 : 1e-5, Center: _random.Next(4) > 0, Scale: _random.Next(4) > 0),
        _ => null,
    };

    private TestLayer Rowwise(int maxUnits) => _random.Next(8) switch
    {
        0 => new Softmax(),
        1 => new Activate(Function.LogSoftmax),
        _ => new Dense(
            _random.Next(3) == 0 && maxUnits >= 70 ? Pick(Units) : _random.Next(1, maxUnits + 1),
            Pick(Function.All),
            UseBias: _random.Next(4) > 0),
    };

    private void Add(TestLayer layer)
    {
        _layers.Add(layer);
        _form = layer.Output(_form);
    }

    private T Pick<T>(IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];
}
