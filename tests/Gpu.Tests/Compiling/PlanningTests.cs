using Fused.Testing.Compiling;
using Fused.Testing.Networks;

namespace Fused.Gpu.Tests.Compiling;

public class PlanningTests
{
    private const int Heads = 400;

    private static readonly int[] Sides = [1, 2, 3, 5, 7, 8, 14];
    private static readonly int[] Lengths = [1, 3, 4, 10, 37, 64, 100, 128, 250, 300, 512, 640, 1000, 1021, 1280, 2048, 4096];

    /// <summary>
    /// A schedule that does not fit a shape, whether in registers, in shared memory or in what the verifier can prove, is an
    /// exception, and an exception is a model without code. Wide heads take every schedule; narrow ones are in the suite.
    /// </summary>
    [Fact]
    public void Heads_of_any_size_get_kernels()
    {
        var random = new Random(77);
        for (int i = 0; i < Heads; i++)
        {
            Network head = Head(random, $"Head{i}");
            Exception? exception = Record.Exception(() => Assert.Contains(
                ModelCompiler.CompileForAllTargets(head).Select(file => file.HintName),
                name => name.EndsWith(".Gpu.g.cs", StringComparison.Ordinal)));
            Assert.True(exception is null, $"{head.Source}\n{exception}");
        }
    }

    private static Network Head(Random random, string name)
    {
        int channels = Pick(Lengths), outputs = random.Next(4) == 0 ? random.Next(1, 10_001) : Pick(Lengths);
        Function[] functions = [.. Function.Elementwise, Function.Softmax, Function.LogSoftmax];
        bool isVector = random.Next(6) == 0;
        Form input = isVector ? Form.Vector(channels) : new Form(Pick(Sides), Pick(Sides), channels, ChannelsFirst: random.Next(3) == 0);
        var layers = new List<TestLayer>();
        if (!isVector)
        {
            layers.Add(random.Next(8) == 0 && input.Length < 10_000 ? new Flatten() : new GlobalPool(Pick(Enum.GetValues<PoolKind>())));
        }

        Normalize();
        if (random.Next(3) == 0)
        {
            layers.Add(new Dense(Pick(Lengths), Pick(functions)));
            Normalize();
        }

        layers.Add(new Dense(outputs, Pick(functions)));
        return new Network(name, input, layers.ToArray());

        void Normalize()
        {
            if (random.Next(3) == 0)
            {
                layers.Add(new BatchNormalization());
            }
        }

        T Pick<T>(T[] values) => values[random.Next(values.Length)];
    }
}
