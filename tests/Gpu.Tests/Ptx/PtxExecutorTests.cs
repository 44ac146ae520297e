using Fused.CompilerServices;
using ILGPU;

namespace Fused.Gpu.Tests.Ptx;

/// <summary>A small program of two schedules, run in each storage.</summary>
public sealed class PtxExecutorTests
{
    private const int Length = 8;
    private static readonly float[] Weights = [1, -2, 0.5f, 3, -0.25f, 8, 1, 2];

    public static TheoryData<int, int> Storages => new() { { 0, 0 }, { 0, 1 }, { 0, 2 }, { 1, 0 }, { 1, 1 }, { 2, 0 }, { 2, 2 } };

    [Theory]
    [MemberData(nameof(Storages))]
    public void Program_gives_its_outputs_however_values_are_stored(int input, int matrices)
    {
        float[] samples = Samples(3);
        PtxRun run = new PtxExecutor(Program(), (WeightType)input, (WeightType)matrices).Run(samples);
        Assert.Equal(Expected(samples), run.Output);
        Assert.Equal(["Scale", "Sum"], run.Launches.Select(l => l.Kernel));

        // A thread a vector: two for each sample, the second launch one thread for each.
        string load = input == 0 ? "ld.global.v4.f32" : "ld.global.b32";
        Assert.True(run.Launches[0].Counts.Access(load).Lanes >= 6);
        Assert.Equal(3, run.Launches[1].Counts.Blocks);
    }

    [Fact]
    public void Values_that_have_no_short_form_are_rounded()
    {
        float[] samples = [.. Samples(1).Select(v => v + 1f / 3)];
        float Rounded(Func<float, float> store) => samples.Zip(Weights, (x, w) => store(x) * w).Chunk(4).Select(c => c[0] + c[1] + (c[2] + c[3])).Sum();
        Assert.Equal([Rounded(x => (float)(System.Half)x)], new PtxExecutor(Program(), WeightType.Float16, WeightType.Float32).Run(samples).Output);
        Assert.Equal([Rounded(ToBFloat16)], new PtxExecutor(Program(), WeightType.BFloat16, WeightType.Float32).Run(samples).Output);
    }

    [Fact]
    public void Schedule_is_chosen_by_the_number_of_samples_or_by_name()
    {
        var executor = new PtxExecutor(Program(), WeightType.Float32, WeightType.Float32);
        float[] samples = Samples(5);
        Assert.Equal(["Whole"], executor.Run(samples).Launches.Select(l => l.Kernel));
        Assert.Equal(["Scale", "Sum"], executor.Run(samples, schedule: "split").Launches.Select(l => l.Kernel));
        Assert.Equal(executor.Run(samples).Output, executor.Run(samples, schedule: "split").Output);
        Assert.Equal(Expected(samples), executor.Run(samples, new PtxOptions { Order = PtxBlockOrder.Reverse }).Output);
    }

    [Fact]
    public void Part_of_a_grid_is_counted_without_outputs()
    {
        PtxRun run = new PtxExecutor(Program(), WeightType.Float32, WeightType.Float32)
            .RunPart(Samples(8), (kernel, _, y) => kernel == "Whole" && y < 2);
        Assert.Empty(run.Output);
        Assert.Equal(2, run.Launches.Single().Counts.Blocks);
    }

    [Fact]
    public void Input_of_single_values_is_unpacked_singly()
    {
        float[] samples = [1, 2, 3.5f];
        GpuProgram program = new(
            "single", 1, 1, typeof(SingleKernels<,>),
            [new("input", GpuBufferRole.Input, 1, 1), new("output", GpuBufferRole.Output, 1, 1)],
            [new("all", int.MaxValue, [new("Double", 1, 4, 32, ["input", "output"])])]);
        foreach (WeightType storage in Enum.GetValues<WeightType>().Except([WeightType.Int8]))
        {
            Assert.Equal([2, 4, 7], new PtxExecutor(program, storage, WeightType.Float32).Run(samples).Output);
        }
    }

    [Fact]
    public void Counter_that_is_left_behind_is_a_fault()
    {
        GpuProgram program = Program("Count");
        PtxFault fault = Assert.Throws<PtxFault>(() => new PtxExecutor(program, WeightType.Float32, WeightType.Float32).Run(Samples(2)));
        Assert.Equal("'Count' left counter 0 of 'counters' behind that is not zero", fault.Message);
    }

    [Fact]
    public void Scratch_that_no_launch_wrote_is_a_fault()
    {
        PtxFault fault = Assert.Throws<PtxFault>(() => new PtxExecutor(Program("Sum"), WeightType.Float32, WeightType.Float32).Run(Samples(2)));
        Assert.StartsWith("Read of uninitialised global memory, at 0 in 'scaled'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Output_that_no_launch_wrote_is_a_fault()
    {
        PtxFault fault = Assert.Throws<PtxFault>(() => new PtxExecutor(Program("Scale"), WeightType.Float32, WeightType.Float32).Run(Samples(2)));
        Assert.Equal("'output' was not written at value 0", fault.Message);
    }

    [Fact]
    public void Values_that_are_no_whole_samples_are_refused() =>
        Assert.Throws<ArgumentException>(() => new PtxExecutor(Program(), WeightType.Float32, WeightType.Float32).Run(new float[Length + 1]));

    /// <summary>y = sum of x * w, as two launches up to four samples and as one above; or as one launch of a kernel by itself.</summary>
    private static GpuProgram Program(string? only = null)
    {
        var weights = new AlignedBuffer(Length);
        Weights.CopyTo(weights.Span);
        var launches = new Dictionary<string, GpuLaunch>
        {
            ["Scale"] = new("Scale", 1, 2, 32, ["input", "weights", "scaled"]),
            ["Sum"] = new("Sum", 1, 1, 32, ["scaled", "output"]),
            ["Whole"] = new("Whole", 1, 1, 32, ["input", "weights", "output"]),
            ["Count"] = new("Count", 1, 1, 32, ["counters"]),
        };
        return new GpuProgram(
            "test", Length, 1, typeof(Kernels<,>),
            [
                new("input", GpuBufferRole.Input, 4, Length),
                new("weights", GpuBufferRole.Matrix, 4, Length, weights),
                new("scaled", GpuBufferRole.Scratch, 1, 2),
                new("counters", GpuBufferRole.Counters, 1, 1),
                new("output", GpuBufferRole.Output, 1, 1),
            ],
            only is not null
                ? [new("only", int.MaxValue, [launches[only]])]
                : [new("split", 4, [launches["Scale"], launches["Sum"]]), new("whole", int.MaxValue, [launches["Whole"]])]);
    }

    private static float[] Samples(int count) => [.. Enumerable.Range(0, count * Length).Select(i => i % 13 - 6f)];

    private static IEnumerable<float> Expected(float[] samples) => samples.Chunk(Length).Select(s => s.Zip(Weights, (x, w) => x * w).Sum());

    private static float ToBFloat16(float value)
    {
        float below = BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(value) & 0xFFFF0000);
        float above = BitConverter.UInt32BitsToSingle((BitConverter.SingleToUInt32Bits(value) & 0xFFFF0000) + 0x10000);
        return MathF.Abs(value - below) < MathF.Abs(above - value) ? below : above;
    }

    private static class Kernels<TX, TW>
        where TX : unmanaged, IPacked4
        where TW : unmanaged, IPacked4
    {
        public static void Scale(ArrayView<TX> x, ArrayView<TW> w, ArrayView<float> scaled, int samples)
        {
            int t = Group.IdxX;
            int first = Grid.IdxY * 2 * (Length / 4);
            if (t < 2 * (Length / 4) && first + t < samples * (Length / 4))
            {
                Float4 product = x[first + t].Unpack() * w[t & 1].Unpack();
                scaled[first + t] = product.X + product.Y + (product.Z + product.W);
            }
        }

        public static void Sum(ArrayView<float> scaled, ArrayView<float> y, int samples)
        {
            if (Group.IdxX == 0 && Grid.IdxY < samples)
            {
                y[Grid.IdxY] = scaled[2 * Grid.IdxY] + scaled[2 * Grid.IdxY + 1];
            }
        }

        public static void Whole(ArrayView<TX> x, ArrayView<TW> w, ArrayView<float> y, int samples)
        {
            if (Group.IdxX == 0 && Grid.IdxY < samples)
            {
                Float4 first = x[2 * Grid.IdxY].Unpack() * w[0].Unpack();
                Float4 second = x[2 * Grid.IdxY + 1].Unpack() * w[1].Unpack();
                y[Grid.IdxY] = first.X + first.Y + (first.Z + first.W) + (second.X + second.Y + (second.Z + second.W));
            }
        }

        public static void Count(ArrayView<int> counters, int samples)
        {
            if (Group.IdxX < samples)
            {
                Atomic.Add(ref counters[0], 1);
            }
        }
    }

    private static class SingleKernels<TX, TW>
        where TX : unmanaged, IPacked1
        where TW : unmanaged, IPacked4
    {
        public static void Double(ArrayView<TX> x, ArrayView<float> y, int samples)
        {
            int i = Grid.IdxY * 4 + Group.IdxX;
            if (Group.IdxX < 4 && i < samples)
            {
                y[i] = 2 * x[i].Unpack();
            }
        }
    }
}
