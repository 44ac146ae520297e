using System.Reflection;
using Fused.Testing.Compiling;
using Fused.Testing.Networks;
using Xunit.Abstractions;

namespace Fused.Kernel.Tests.Models;

/// <summary>Models whose input is declared as bytes.</summary>
public sealed class ByteInputTests(ITestOutputHelper output)
{
    public static TheoryData<string> Names => new(ByteNetworks.All.Select(n => n.Name));

    /// <summary>On this machine's widest vectors.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Predictions_are_those_of_the_bytes_values(string name)
    {
        Network network = Named(name);

        Assert.InRange(ByteInputCheck.Run(network, CompiledByteNetworks.TypeOf(network)), 0, 1);
    }

    /// <summary>On narrower vectors: see <see cref="VectorWidthTests"/>.</summary>
    [SkippableTheory]
    [InlineData(256, "DOTNET_EnableAVX512")]
    [InlineData(128, "DOTNET_EnableAVX2")]
    [InlineData(0, "DOTNET_EnableHWIntrinsic")]
    public async Task They_are_on_every_width_of_vectors(int bits, string disabled)
    {
        Skip.If(WidthCheck.WidestVector < bits, $"This machine has vectors of {WidthCheck.WidestVector} bits.");
        string report = await WidthProcess.Run(output, CompiledByteNetworks.Image, nameof(ByteNetworks), disabled);

        Assert.StartsWith($"{bits} bits, ", report, StringComparison.Ordinal);
    }

    /// <summary>On one thread, the caller's, so that nobody else's allocations count.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_is_allocated(string name)
    {
        const int Samples = 5;
        Network network = Named(name);
        IModel model = CompiledByteNetworks.TypeOf(network).Create(1);
        model.Options = new FusedOptions { MaxDegreeOfParallelism = 1 };
        var bytes = ByteModel.Of(model);
        byte[] input = ByteInputCheck.RandomBytes(Samples * network.Input.Length);
        var results = new float[Samples * network.Output.Length];
        bytes.Predict(input, results);

        long before = GC.GetAllocatedBytesForCurrentThread();
        bytes.Predict(input, results);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);
    }

    /// <summary>The same words as of floats.</summary>
    [Fact]
    public void Lengths_are_checked_as_those_of_floats_are()
    {
        Network network = Named("BytesPlainVector");
        IModel model = CompiledByteNetworks.TypeOf(network).Create(1);
        var bytes = ByteModel.Of(model);
        int tooLong = network.Input.Length + 1;
        float[] results = new float[network.Output.Length], tooShort = results[1..];

        Assert.Equal(
            Assert.Throws<ArgumentException>("input", () => model.Predict(new float[tooLong])).Message,
            Assert.Throws<ArgumentException>("input", () => bytes.Predict(new byte[tooLong])).Message);
        Assert.Equal(
            Assert.Throws<ArgumentException>("output", () => model.Predict(new float[network.Input.Length], tooShort)).Message,
            Assert.Throws<ArgumentException>("output", () => bytes.Predict(new byte[network.Input.Length], tooShort)).Message);
        Assert.Empty(bytes.Predict([]));
    }

    [Fact]
    public void The_summary_says_that_samples_are_bytes()
    {
        Network network = Named("BytesImage");
        object model = CompiledByteNetworks.TypeOf(network).Create(1).Instance;

        var summary = (ModelSummary)model.GetType().GetProperty("Summary", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;

        Assert.Equal(ElementType.UInt8, summary.InputType);
        Assert.Equal(network.Input.Length + (network.Output.Length * sizeof(float)), summary.ActivationBytes);
        Assert.StartsWith("Model: BytesImage, input (13, 11, 3) of bytes\n", summary.ToString(), StringComparison.Ordinal);
        Assert.True(summary.ArenaBytes > 0);
    }

    private static Network Named(string name) => ByteNetworks.All.Single(n => n.Name == name);
}
