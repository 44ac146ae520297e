using Fused.Testing.Compiling;
using Fused.Testing.Networks;

namespace Fused.Kernel.Tests.Models;

/// <summary>The order in which Flatten takes a channels-last map's values. The random networks have every layer around it.</summary>
public sealed class FlattenTests
{
    [Theory]
    [InlineData("FlattenInMemoryOrder", 1 + 16 + 2048)]
    [InlineData("FlattenInPyTorchsOrder", 1 + 32 + 2048)]
    public void A_weight_of_a_power_of_two_tells_where_each_value_goes(string name, float expected)
    {
        Network network = CompiledNetworks.Named(name);
        float[] weights = [.. Enumerable.Range(0, 12).Select(i => (float)(1 << i))];

        // Ones at (0, 0, 0), (0, 1, 1) and (1, 1, 2); torch.flatten of the same map as (channels, height, width) has them at 0, 5 and 11.
        float[] map = new float[12];
        map[0] = map[4] = map[11] = 1;

        Assert.Equal([expected], CompiledNetworks.TypeOf(network).Load(network, new Dictionary<string, float[]> { ["dense.kernel"] = weights }).Predict(map));
    }
}
