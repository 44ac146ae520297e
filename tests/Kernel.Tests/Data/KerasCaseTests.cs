using Fused.Testing.Compiling;
using Fused.Testing.Networks;

namespace Fused.Kernel.Tests.Data;

/// <summary>
/// Keras's own outputs, as the authors of keras-js recorded them with six decimals. Those of layers that Fused has not
/// (yet): convolutions, padding, pooling by windows, reshaping, merging, PReLU, ThresholdedReLU. Those that do not apply:
/// <list type="bullet">
/// <item>hard_sigmoid: Keras 2 computed clip(0.2 x + 0.5, 0, 1), Keras 3 relu6(x + 3) / 6;</item>
/// <item>activations.relu.3: relu with a maximum of 0.5; relu6 is the only maximum that Fused has;</item>
/// <item>BatchNormalization.3: along the columns of a map, which no layout has for its channels.</item>
/// </list>
/// </summary>
public sealed class KerasCaseTests
{
    [SkippableFact]
    public void Every_case_of_a_layer_that_there_is_gives_Kerass_output()
    {
        (KerasCase Case, Network Network)[] cases =
        [
            .. from item in KerasCase.ReadAll()
               let network = item.Network()
               where network is not null
               select (item, new Network(item.Name.Replace('.', '_'), network.Value.Input, network.Value.Layers)),
        ];
        Func<string, ModelType> types = ModelCompiler.Load(ModelCompiler.Compile([.. cases.Select(c => c.Network)]));

        Assert.Equal(62, cases.Length);
        Assert.All(cases, c => Check(c.Case, c.Network, types(c.Network.Name)));
    }

    private static void Check(KerasCase item, Network network, ModelType type)
    {
        Assert.Equal(network.WeightTensors.Select(w => w.Tensor.Shape), item.Weights.Select(w => w.Shape));
        var weights = network.WeightTensors.Zip(item.Weights).ToDictionary(w => w.First.Name, w => w.Second.Data);

        float[] actual = type.Load(network, weights).Predict(item.Input.Data);

        // Half of the last recorded decimal, and two roundings for Keras, which computed in float32, and for Fused: of the
        // terms, which are larger than the result where they cancel: in a batch normalisation, or in Keras's exp(x) - 1.
        Number[] terms = network.Predict(item.Input.Data, weights);
        Assert.Equal(item.Expected.Data.Length, actual.Length);
        Assert.All(actual, (value, i) => Assert.Equal(
            item.Expected.Data[i], (double)value, tolerance: 0.5e-6 + Math.ScaleB(Math.Max(1, terms[i].Magnitude), -22)));
    }
}
