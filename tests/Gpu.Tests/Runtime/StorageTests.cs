using Fused.CompilerServices;
using ILGPU.Runtime;

namespace Fused.Gpu.Tests;

/// <summary>What unpacking makes of every 16-bit pattern: subnormals, infinities and NaNs too.</summary>
public sealed class StorageTests
{
    private static readonly Half[] Halves = [.. Patterns().Select(BitConverter.UInt16BitsToHalf)];
    private static readonly BFloat16[] Brains = [.. Patterns().Select(bits => new BFloat16(bits))];

    // Signs, zeros, the smallest and largest subnormals, the smallest normals, one, the largest, infinities, NaNs.
    private static readonly ushort[] Special =
    [
        0x0000, 0x8000, 0x0001, 0x8001, 0x0200, 0x03FF, 0x83FF, 0x0400, 0x8400, 0x3C00, 0xBC00, 0x7BFF,
        0xFBFF, 0x7C00, 0xFC00, 0x7C01, 0x7E00, 0xFE00, 0x7FFF, 0xFFFF, 0x007F, 0x0080, 0x7F80, 0xFF80,
    ];

    [SkippableFact]
    public void All_halves_unpack_on_OpenCL_in_fours() => CheckAll(new UnpackFourModel());

    [SkippableFact]
    public void All_halves_unpack_on_OpenCL_one_by_one() => CheckAll(new UnpackOneModel());

    [Fact]
    public void Special_values_unpack_on_the_simulation_in_fours()
    {
        using SimulatedGpu simulation = TestDevices.IlgpuCpu(UnpackFourModel.Threads);
        CheckSpecial(new UnpackFourModel(), simulation.Accelerator);
    }

    [Fact]
    public void Special_values_unpack_on_the_simulation_one_by_one()
    {
        using SimulatedGpu simulation = TestDevices.IlgpuCpu(UnpackOneModel.Threads);
        CheckSpecial(new UnpackOneModel(), simulation.Accelerator);
    }

    [SkippableTheory]
    [InlineData(WeightType.Float32, 4)]
    [InlineData(WeightType.Float16, 2)]
    [InlineData(WeightType.BFloat16, 2)]
    public void Values_are_rounded_to_nearest_on_the_way_to_the_device(WeightType type, int size)
    {
        using GpuModel gpu = new UnpackFourModel().ToGpu(TestDevices.OpenCl());
        using var memory = new Memory.HostMemory(gpu.Accelerator, 16);
        float[] values = [1 + 1f / 2048, 1 + 3f / 2048, float.NegativeInfinity, -0f];
        Memory.Storage.Convert(values, Memory.Storage.Of(type), memory);
        Assert.Equal(size, Memory.Storage.Size(Memory.Storage.Of(type)));
        for (int i = 0; i < values.Length; i++)
        {
            float stored = type switch
            {
                WeightType.Float32 => memory.Span<float>(4)[i],
                WeightType.Float16 => (float)memory.Span<Half>(4)[i],
                _ => (float)memory.Span<BFloat16>(4)[i],
            };
            Assert.Equal(Values.Stored(values[i], type), stored);
        }
    }

    private static void CheckAll(IGpuModel model)
    {
        using GpuModel gpu = model.ToGpu(TestDevices.OpenCl());

        // Whole samples: padded at the end, for three values a sample.
        int length = (Halves.Length + gpu.InputLength - 1) / gpu.InputLength * gpu.InputLength;
        Half[] halves = [.. Halves, .. new Half[length - Halves.Length]];
        BFloat16[] brains = [.. Brains, .. new BFloat16[length - Brains.Length]];
        Same([.. halves.Select(h => (float)h)], gpu.Predict(halves));
        Same([.. brains.Select(b => (float)b)], gpu.Predict(brains));
    }

    private static void CheckSpecial(IGpuModel model, Accelerator accelerator)
    {
        using GpuModel gpu = model.ToGpu(accelerator);
        Half[] halves = [.. Special.Select(BitConverter.UInt16BitsToHalf)];
        BFloat16[] brains = [.. Special.Select(bits => new BFloat16(bits))];
        Same([.. halves.Select(h => (float)h)], gpu.Predict(halves));
        Same([.. brains.Select(b => (float)b)], gpu.Predict(brains));
        float[] floats = [.. halves.Select(h => (float)h)];
        Same(floats, gpu.Predict(floats));
    }

    // By bits, so that zeros have signs; a NaN is any NaN.
    private static void Same(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            bool same = float.IsNaN(expected[i])
                ? float.IsNaN(actual[i])
                : BitConverter.SingleToUInt32Bits(expected[i]) == BitConverter.SingleToUInt32Bits(actual[i]);
            Assert.True(same, $"Value {i} is {actual[i]:R}; expected {expected[i]:R}.");
        }
    }

    private static IEnumerable<ushort> Patterns() => Enumerable.Range(0, 1 << 16).Select(i => (ushort)i);
}
