using Fused.CompilerServices;
using Fused.Gpu.Tests.Numerics;
using Fused.Gpu.Tests.Ptx;
using Fused.Memory;
using Fused.Testing.Networks;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace Fused.Gpu.Tests.Bytes;

/// <summary>Bytes on a GPU: what floats of the same values give, bit for bit, and what float64 gives.</summary>
public sealed class ByteInputTests
{
    /// <summary>The interpreter takes seconds for what a GPU does in microseconds.</summary>
    private const int MostOperations = 100_000;

    public static TheoryData<string> Names => new(ByteNetworks.All.Where(n => n.Operations <= MostOperations).Select(n => n.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void The_interpreter_of_PTX_reads_them(string name)
    {
        var loaded = ByteGpuNetworks.Load(name);
        GpuProgram program = loaded.Gpu.CreateGpuProgram();

        float[] actual = new PtxExecutor(program, StorageType.UInt8, WeightType.Float32, CudaArchitecture.SM_90).Run(loaded.Floats).Output;

        Assert.Equal(ElementType.UInt8, program.InputType);
        Assert.Equal(new PtxExecutor(program, StorageType.Float32, WeightType.Float32, CudaArchitecture.SM_90).Run(loaded.Floats).Output, actual);
        Check(loaded, actual);
    }

    [Theory]
    [InlineData("BytesPlainVector")]
    [InlineData("BytesUnpaddedImage")]
    public void The_simulation_reads_them(string name)
    {
        var loaded = ByteGpuNetworks.Load(name);
        using SimulatedGpu simulation = TestDevices.IlgpuCpu(loaded.Gpu.CreateGpuProgram().Schedules.SelectMany(s => s.Launches).Max(l => l.Threads));
        using GpuModel gpu = loaded.Gpu.ToGpu(simulation.Accelerator);

        Check(loaded, gpu.Predict(loaded.Samples));
    }

    /// <summary>On a real driver, from the host's memory and from the device's.</summary>
    [SkippableTheory]
    [InlineData("BytesFoundingHead")]
    [InlineData("BytesHeadOfChannelsFirst")]
    [InlineData("BytesPlainVector")]
    [InlineData("BytesImage")]
    [InlineData("BytesImageOfChannelsFirst")]
    public void OpenCL_reads_them(string name)
    {
        var loaded = ByteGpuNetworks.Load(name);
        using GpuModel gpu = loaded.Gpu.ToGpu(TestDevices.OpenCl());
        var output = new float[loaded.Expected.Length];

        gpu.Predict(loaded.Samples, output);

        Check(loaded, output);
        Assert.Equal(gpu.Predict(loaded.Floats), output);
        Assert.Equal(output, gpu.Predict(loaded.Samples));
        Assert.Empty(gpu.Refusals);

        using MemoryBuffer1D<byte, Stride1D.Dense> from = gpu.Accelerator.Allocate1D(loaded.Samples);
        using MemoryBuffer1D<float, Stride1D.Dense> to = gpu.Accelerator.Allocate1D<float>(output.Length);
        gpu.Predict(from.View.AsContiguous(), to.View.AsContiguous());
        gpu.Accelerator.Synchronize();
        Assert.Equal(output, to.GetAsArray1D());
    }

    [Fact]
    public void All_bytes_unpack_to_their_values()
    {
        for (uint value = 0; value < 256; value++)
        {
            var four = new Byte4 { XYZW = value | (((value + 1) & 0xFF) << 8) | (((value + 2) & 0xFF) << 16) | (((value + 3) & 0xFF) << 24) };
            Float4 unpacked = four.Unpack();

            Assert.Equal([value, (value + 1) % 256, (value + 2) % 256, (value + 3) % 256], [unpacked.X, unpacked.Y, unpacked.Z, unpacked.W]);
            Assert.Equal(value, new Byte1 { X = (byte)value }.Unpack());
        }
    }

    /// <summary>Of a model whose input is floats nobody has said what bytes mean.</summary>
    [Fact]
    public void A_model_of_floats_refuses_them()
    {
        using SimulatedGpu simulation = TestDevices.IlgpuCpu(UnpackFourModel.Threads);
        using GpuModel gpu = new UnpackFourModel().ToGpu(simulation.Accelerator);

        string message = Assert.Throws<NotSupportedException>(() => gpu.Predict(new byte[4])).Message;

        Assert.EndsWith(" takes floats: bytes are for models with [Input(..., Type = ElementType.UInt8)].", message, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => gpu.Predict(new byte[4], new float[4]));
        Assert.Throws<NotSupportedException>(() => gpu.Predict(default(ArrayView<byte>), default(ArrayView<float>)));
    }

    private static void Check(ByteGpuNetworks loaded, float[] actual)
    {
        Assert.Equal(loaded.Expected.Length, actual.Length);
        for (int i = 0; i < actual.Length; i++)
        {
            double error = Tolerance.Error(actual[i], loaded.Expected[i]);
            Assert.True(error <= 1, $"{loaded.Network.Name}: value {i} is {actual[i]:G9}, in float64 {loaded.Expected[i].Value:G9}, {error:G3} tolerances off.");
        }
    }
}
