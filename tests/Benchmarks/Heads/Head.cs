using System.Collections.Immutable;
using Fused.Testing.Data;

namespace Fused.Benchmarks.Heads;

/// <summary>A network to measure: the average of a map's positions, then Dense layers with relu, the last one with softmax.</summary>
/// <param name="Input">The shape of a sample.</param>
/// <param name="Widths">The outputs of each Dense layer.</param>
internal abstract record Head(MapShape Input, ImmutableArray<int> Widths)
{
    /// <summary>The shape and the widths, which are the same in both layouts: <c>8x8x2048-1000</c>.</summary>
    public string Name => $"{Input}-{string.Join('-', Widths)}";

    public int OutputLength => Widths[^1];

    /// <summary>What of the weights is read, in bytes: the matrices as they are stored, their scales where the type has them, and the biases.</summary>
    public long WeightBytes(WeightType type)
    {
        (double weight, int scale) = type switch
        {
            WeightType.Float32 => (4, 0),
            WeightType.Float16 => (2, sizeof(float)),
            WeightType.BFloat16 => (2, 0),
            _ => (1, sizeof(float)),
        };
        return (long)Inputs.Zip(Widths, (inputs, outputs) => ((inputs * weight) + scale + sizeof(float)) * outputs).Sum();
    }

    /// <summary>The additions of the pool and the multiplications and additions of the products for one sample.</summary>
    public long Flops => (Input.IsVector ? 0 : Input.Length) + Inputs.Zip(Widths, (inputs, outputs) => 2L * inputs * outputs).Sum();

    private IEnumerable<int> Inputs => Widths.Prepend(Input.Channels);

    /// <summary>The same network with narrow weights, where there is a model of it: makes one of given weights.</summary>
    public ImmutableDictionary<WeightType, Func<ImmutableArray<DenseWeights>, HeadModel>> Narrow { get; init; } =
        ImmutableDictionary<WeightType, Func<ImmutableArray<DenseWeights>, HeadModel>>.Empty;

    /// <summary>The same network compiled with fusion switched off: makes a model of given weights.</summary>
    public required Func<ImmutableArray<DenseWeights>, HeadModel> Unfused { get; init; }

    /// <summary>A model with random weights, the same for the same seed.</summary>
    public abstract HeadModel Create(int seed);

    public sealed override string ToString() => Input.IsVector ? Name : $"{Name} {Layouts.Name(Input.Layout)}";
}

/// <inheritdoc/>
internal sealed record Head<TModel>(MapShape Input, params ImmutableArray<int> Widths) : Head(Input, Widths)
    where TModel : class, IFusedModel<TModel>
{
    public override HeadModel Create(int seed)
    {
        using var file = new TemporaryFile();
        TModel.Create(seed).Save(file.Path);
        ImmutableArray<DenseWeights> layers = DenseWeights.Read(file.Path, Input.Channels, Widths, seed);
        return Load(layers);
    }

    /// <summary>The model with these weights.</summary>
    public static HeadModel Load(ImmutableArray<DenseWeights> layers)
    {
        using var file = new TemporaryFile();
        DenseWeights.Write(file.Path, layers);
        return new HeadModel<TModel>(TModel.Load(file.Path), layers);
    }
}
