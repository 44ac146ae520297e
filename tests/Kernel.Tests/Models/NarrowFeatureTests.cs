using Fused.Testing.Compiling;
using Fused.Testing.Networks;

namespace Fused.Kernel.Tests.Models;

/// <summary>Features of half precision and of bytes, on this machine's widest vectors.</summary>
public sealed class NarrowFeatureTests
{
    public static TheoryData<string> Names => new(TestNetworks.OfNarrowFeatures.Select(n => n.Name));

    [Fact]
    public void Every_half_and_every_byte_is_converted_exactly() => ConversionCheck.Run();

    [Theory]
    [MemberData(nameof(Names))]
    public void Predictions_are_bit_for_bit_those_from_float32(string name)
    {
        Network network = CompiledNetworks.Named(name);
        NarrowFeatureCheck.Run(network, CompiledNetworks.TypeOf(network));
    }

    /// <summary>Infinities and NaN, on their way through a network that changes nothing and one that adds them up.</summary>
    [Theory]
    [InlineData("OnlyDropout")]
    [InlineData("OnlyPool")]
    [InlineData("Head")]
    public void Halves_that_are_no_numbers_are_what_they_are_in_float32(string name)
    {
        Network network = CompiledNetworks.Named(name);
        IModel model = CompiledNetworks.TypeOf(network).Load(network, network.RandomWeights(seed: 1));
        Half[] special = [Half.NaN, Half.PositiveInfinity, Half.NegativeInfinity, Half.NegativeZero, Half.Epsilon, -Half.Epsilon, Half.MaxValue, Half.MinValue];
        foreach (int samples in new[] { 1, 2, 3, 5, 8 })
        {
            Half[] halves = [.. network.RandomSamples(samples, seed: 3).Select((v, i) => i % 7 == 0 && i / network.Input.Length % 2 == 0 ? special[i / 7 % special.Length] : (Half)v)];

            float[] expected = model.Predict(Array.ConvertAll(halves, v => (float)v));

            Assert.Equal(expected, model.Predict(halves));
        }
    }

    [Fact]
    public void Arrays_and_spans_give_the_same()
    {
        Network network = CompiledNetworks.Named("Head");
        IModel model = CompiledNetworks.TypeOf(network).Create(1);
        byte[] bytes = [.. Enumerable.Range(0, 3 * network.Input.Length).Select(i => (byte)(i * 7))];
        var output = new float[3 * network.Output.Length];
        var quantization = new Quantization(0.02f, 100);

        model.Predict(bytes, quantization, output);

        Assert.Equal(output, model.Predict(bytes, quantization));
        Assert.NotEqual(output, model.Predict(bytes, new Quantization(0.02f, 101)));
    }
}
