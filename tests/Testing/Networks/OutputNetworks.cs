using Fused.Testing.Networks.Layers;

namespace Fused.Testing.Networks;

/// <summary>Networks of several outputs: heads, features beside what is made of them, maps, and whatever may stand between a layer and its place in a row.</summary>
internal static class OutputNetworks
{
    private const int RandomCount = 8;

    private static readonly Function Relu = Function.Elementwise.First(f => f.Activation == Activation.Relu);

    public static IReadOnlyList<Network> All { get; } = [.. Heads(), .. Maps(), .. Ends(), .. Enumerable.Range(1, RandomCount).Select(RandomGraph.WithOutputs)];

    private static IEnumerable<Network> Heads()
    {
        yield return new("TwoOutputs", Form.Vector(20),
            new Dense(24, Relu) { Name = "hidden" }, new Dense(10, Function.Softmax) { Name = "category" }, new Dense(3, Function.Softmax) { Name = "colour", From = "hidden" })
        {
            Outputs = ["category", "colour"],
        };
        yield return new("FeaturesAndProbabilities", new(4, 5, 40), new GlobalPool(PoolKind.Average) { Name = "features" }, new Dense(7, Function.Softmax) { Name = "probabilities" })
        {
            Outputs = ["probabilities", "features"],
        };
        yield return new("LogitsAndProbabilities", Form.Vector(33), new Dense(16) { Name = "logits" }, new Activate(Function.Softmax) { Name = "probabilities" })
        {
            Outputs = ["logits", "probabilities"],
        };

        // Whole vectors, which a product writes in their places; in the second network a place that is at none.
        yield return new("VectorOutputs", Form.Vector(30), new Dense(48) { Name = "a" }, new Dense(32, Relu) { Name = "b", From = "input" }, new Dense(16, Function.Softmax) { Name = "c", From = "input" })
        {
            Outputs = ["c", "a", "b"],
        };
        yield return new("VectorOutputsApart", Form.Vector(30), new Dense(48) { Name = "a" }, new Dense(5) { Name = "b", From = "input" }, new Dense(32) { Name = "c", From = "input" })
        {
            Outputs = ["b", "a", "c"],
        };
    }

    private static IEnumerable<Network> Maps()
    {
        yield return new("MapAndPredictions", new(7, 6, 5),
            Same(12, "map"), Same(16, "top"), new GlobalPool(PoolKind.Average), new Dense(6, Function.Softmax) { Name = "predictions" })
        {
            Outputs = ["map", "predictions"],
        };
        yield return new("MapsOfChannelsFirst", new(6, 7, 5, ChannelsFirst: true), Same(9, "a"), Same(8, "b"), Same(1, "mask"))
        {
            Outputs = ["mask", "a"],
        };
        yield return new("MapsOfAPyramid", new(8, 8, 6),
            Same(16, "fine"), new Conv2D(16, new Window(3, strides: 2, same: true), Relu) { Name = "coarse" }, new Conv2D(4, 1) { Name = "fine_head", From = "fine" }, new Conv2D(4, 1) { Name = "coarse_head", From = "coarse" })
        {
            Outputs = ["coarse_head", "fine_head"],
        };
        yield return new("AuxiliaryClassifier", new(9, 9, 4),
            new Conv2D(8, new Window(3), Relu) { Name = "stem" }, Same(8, "left"), new Conv2D(8, 1) { Name = "right", From = "stem" }, new Concatenate("left", "right") { Name = "mixed" },
            new GlobalPool(PoolKind.Average), new Dense(11, Function.Softmax) { Name = "auxiliary" },
            new Conv2D(16, new Window(3, strides: 2), Relu) { From = "mixed" }, new GlobalPool(PoolKind.Max), new Dense(11, Function.Softmax) { Name = "main" })
        {
            Outputs = ["main", "auxiliary"],
        };
        yield return new("ResidualsAreOutputs", new(5, 6, 8), Same(8, "a"), Same(8, "b"), new Join(JoinKind.Add, "a") { Name = "sum" }, new Activate(Relu) { Name = "end" })
        {
            Outputs = ["end", "sum", "a"],
        };
        yield return new("ConcatenationAndItsParts", new(5, 4, 6), Same(8, "a"), Same(4, "b"), new Concatenate("a", "b") { Name = "all" })
        {
            Outputs = ["b", "all"],
        };
    }

    /// <summary>Outputs that are no computation's own result: folded, vanishing, views, the same values twice.</summary>
    private static IEnumerable<Network> Ends()
    {
        yield return new("FoldedAndNot", new(5, 5, 6),
            new Conv2D(8, 3) { Name = "raw" }, new BatchNormalization() { Name = "normal" }, new Conv2D(8, 3) { From = "input" }, new BatchNormalization() { Name = "folded" })
        {
            Outputs = ["raw", "normal", "folded"],
        };
        yield return new("VanishingOutputs", Form.Vector(12), new Dense(9, Relu) { Name = "dense" }, new Dropout { Name = "dropped" }, new Dense(4) { Name = "end" })
        {
            Outputs = ["dropped", "dense", "end"],
        };
        yield return new("ViewsAsOutputs", new(4, 3, 8, ChannelsFirst: true), Same(6, "map"), new Flatten() { Name = "flat" }, new Dense(5) { Name = "end" })
        {
            Outputs = ["end", "flat"],
        };
        yield return new("OutputsOfTheInput", new(4, 5, 6), new Activate(Relu) { Name = "positive" }, new GlobalPool(PoolKind.Max) { Name = "top" }, new Reshape(120) { Name = "rows", From = "input" })
        {
            Outputs = ["positive", "rows", "top"],
        };
    }

    private static Conv2D Same(int filters, string name) => new(filters, new Window(3, strides: 1, same: true), Relu) { Name = name };
}
