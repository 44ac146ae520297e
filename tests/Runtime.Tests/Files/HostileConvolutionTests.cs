using System.IO.Compression;
using Fused.Runtime.Tests.Weights;

namespace Fused.Runtime.Tests.Files;

/// <summary>Files that lie, for a model of convolutions: each loads or is refused, and costs little either way.</summary>
public sealed class HostileConvolutionTests
{
    private const long MaxAllocated = 1 << 20;

    private static readonly TensorSpec[] Specs =
    [
        new("conv", TensorRole.Kernel, 2, 2, 3, 2), new("conv", TensorRole.Bias, 2), new("dw", TensorRole.DepthwiseKernel, 2, 2, 2, 1), new("up", TensorRole.Kernel, 2, 2, 1, 2) { Transposed = true },
        new("slope", TensorRole.Alpha, 1, 1, 1),
    ];

    public static TheoryData<TensorSpec> Kernels =>
    [
        Specs[0], Specs[2], Specs[3], new("a", TensorRole.Alpha, 2, 2, 3), new("p", TensorRole.PointwiseKernel, 1, 1, 3, 2), new("k", TensorRole.Kernel, 3, 4, 5), new("k", TensorRole.Kernel, 1, 1, 1, 1),
    ];

    [Theory]
    [MemberData(nameof(Kernels))]
    public void A_shape_that_is_anything_is_refused(TensorSpec spec)
    {
        int[] ones = [.. Enumerable.Repeat(1, 63)];
        int[][] shapes =
        [
            [0], [2, 2, 3, 0], [0, 0, 0, 0], [int.MaxValue, 0], [0, int.MaxValue, int.MaxValue, int.MaxValue], [.. ones, 0], [.. Enumerable.Repeat(2, 20), 0],
            [int.MaxValue, int.MaxValue, int.MaxValue, 0],
        ];
        foreach (int[] shape in shapes)
        {
            byte[] npz = TestFiles.Npz(CompressionLevel.NoCompression, (spec.Name, TestFiles.Npy("<f4", "(" + string.Concat(shape.Select(d => d + ", ")) + ")", [])));
            foreach (byte[] file in (byte[][])[npz, TestFiles.Safetensors((spec.Name, "F32", shape, []))])
                AllocatesLittle(() => Assert.NotEmpty(Assert.Throws<FusedWeightsException>(() => ModelWeights.Load(file, [spec])).Problems));
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Ones_without_end_carry_no_values(TensorSpec spec)
    {
        int[] ones = [.. Enumerable.Repeat(1, 30)];
        byte[] file = WeightFile.Safetensors("", WeightFile.Counted(spec.Name, [.. ones, .. spec.Shape, .. ones]));
        AllocatesLittle(() => Assert.Equal(WeightFile.Counted("", spec.Length).Values, ModelWeights.Load(file, [spec])[0].ToArray()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_flipped_bit_anywhere_is_refused_or_loads(bool npz)
    {
        (string, int[], float[])[] tensors =
        [
            ConvolutionFile.PyTorch("conv.weight", 2, 2, 3, 2), WeightFile.Counted("conv.bias", 2), ConvolutionFile.PyTorchDepthwise("dw.weight", 2, 2, 2, 1),
            ConvolutionFile.PyTorchTransposed("up.weight", 2, 2, 2, 1), WeightFile.Counted("slope.weight", 1),
        ];
        byte[] file = npz ? ConvolutionFile.Fortran(tensors) : WeightFile.Safetensors("", tensors);
        ModelWeights.Load(file, Specs);
        for (int bit = 0; bit < file.Length * 8; bit++)
        {
            file[bit / 8] ^= (byte)(1 << (bit % 8));
            AllocatesLittle(() =>
            {
                try
                {
                    ModelWeights.Load(file, Specs);
                }
                catch (FusedWeightsException exception)
                {
                    Assert.NotEmpty(exception.Problems);
                }
            });
            file[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void Ten_thousand_convolutions_that_nothing_tells_apart_are_no_work()
    {
        // Each of a model's cubes asks all others and the file's layers; a file cannot make that more than the model has.
        TensorSpec[] specs = [.. Enumerable.Range(0, 200).Select(i => new TensorSpec($"c{i}", TensorRole.Kernel, 3, 3, 3, 3))];
        int[] cube = [3, 3, 3, 3], empty = [0, 3, 3, 3];
        byte[] file = WeightFile.Npz(
            [.. specs.Select(spec => (spec.Layer + ".weight", cube, new float[81])), .. Enumerable.Range(0, 10_000).Select(i => ($"b{i}.weight", empty, Array.Empty<float>()))]);
        ModelWeights weights = ModelWeights.Load(file, specs, new WeightLoadOptions { AllowUnused = true });
        Assert.All(weights.Report!.Tensors, tensor => Assert.Equal(KernelOrder.OutputsFirst, tensor.Order));
    }

    private static void AllocatesLittle(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < MaxAllocated, $"{allocated} bytes were allocated.");
    }
}
