using Fused.Generator.Scheduling;
using Fused.Testing.Compiling;
using Fused.Testing.Data;
using Fused.Testing.Networks;

namespace Fused.Kernel.Tests.Data;

/// <summary>
/// Keras's own outputs, as the authors of keras-js recorded them with six decimals: by the float64 reference, which so is held to something
/// that it shares nothing with, and by the compiled model.
/// </summary>
public sealed class KerasCaseTests
{
    /// <summary>Stands for all cases where there are none.</summary>
    private const string Absent = "no cases";

    private static readonly Dictionary<string, string> Inexpressible = new()
    {
        ["advanced_activations.ThresholdedReLU.0"] = "x where x > 0.9, else 0: no function of Fused's has a step, and Keras 3 has dropped the layer",
    };

    private static readonly Lazy<Func<string, ModelType>> Compiled = new(() => ModelCompiler.Load(TargetCompiler.Compile(
        [.. KerasCase.All.Where(c => !Inexpressible.ContainsKey(c.Name)).Select(KerasNetwork.Of)], [MachineCompiler.Machine, Target.Scalar])));

    public static TheoryData<string> Names => SharedFile.Find(Path.Combine("keras-layer-cases", "manifest.json")) is null
        ? [Absent]
        : [.. KerasCase.All.Select(c => c.Name).Where(name => !Inexpressible.ContainsKey(name))];

    [SkippableFact]
    public void Every_case_is_expressed_or_has_its_reason()
    {
        Assert.Equal(143, KerasCase.All.Length);
        Assert.All(Inexpressible.Keys, name => Assert.Throws<NotSupportedException>(() => KerasNetwork.Of(Find(name))));
    }

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void The_reference_gives_Kerass_output(string name)
    {
        KerasCase item = Find(name);
        Network network = KerasNetwork.Of(item);
        Number[] reference = network.Predict(item.Input.Data, Weights(item, network));

        Assert.Equal(item.Expected.Shape.Aggregate((product, dimension) => product * dimension), network.Output.Length);
        Check(item, network, reference, [.. reference.Select(v => v.Value)]);
    }

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void The_model_gives_Kerass_output(string name)
    {
        KerasCase item = Find(name);
        Network network = KerasNetwork.Of(item);
        Dictionary<string, float[]> weights = Weights(item, network);

        float[] actual = Compiled.Value(network.Name).Load(network, weights).Predict(item.Input.Data);

        Check(item, network, network.Predict(item.Input.Data, weights), [.. actual.Select(v => (double)v)]);
    }

    private static KerasCase Find(string name) =>
        KerasCase.All.FirstOrDefault(c => c.Name == name) ?? throw new SkipException("There are no cases beside the repository.");

    private static Dictionary<string, float[]> Weights(KerasCase item, Network network)
    {
        Assert.Equal(network.WeightTensors.Select(w => w.Tensor.Shape), item.Weights.Select(w => w.Shape));
        return network.WeightTensors.Zip(item.Weights).ToDictionary(w => w.First.Name, w => w.Second.Data);
    }

    /// <summary>
    /// Half of the last recorded decimal: of the result, and of the two factors of each product, which are 1 at most; Keras computed from
    /// more decimals, and the errors of different products add up as their squares do. Then two roundings for Keras, which computed in
    /// float32, and for Fused: of the terms, which are larger than the result where they cancel: in a batch normalisation, or in Keras's
    /// exp(x) - 1.
    /// </summary>
    private static void Check(KerasCase item, Network network, Number[] terms, double[] actual)
    {
        double decimals = 0.5e-6 + (1e-6 * Math.Sqrt(Math.Max(1, network.Operations / network.Output.Length)));
        Assert.Equal(item.Expected.Data.Length, actual.Length);
        Assert.All(actual, (value, i) => Assert.Equal(
            item.Expected.Data[i], value, tolerance: decimals + Math.ScaleB(Math.Max(1, terms[i].Magnitude), -22)));
    }
}
