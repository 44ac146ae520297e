namespace Fused.Samples.DogsVsCats;

/// <summary>The same head on a GPU, compared with the CPU.</summary>
internal static class GpuDemo
{
    /// <summary>Puts the head on the device that was chosen; null where none was, or none is there and none has to be.</summary>
    /// <exception cref="PlatformNotSupportedException">There is no such device: says why.</exception>
    /// <exception cref="GpuException">The device fails.</exception>
    public static GpuModel? Open(DogsVsCatsHead head, DeviceChoice choice)
    {
        if (choice == DeviceChoice.Cpu)
            return null;

        GpuDevice? device = choice == DeviceChoice.OpenCl
            ? GpuDevice.All.FirstOrDefault(d => d.Kind == GpuDeviceKind.OpenCL && d.IsUsable)
            : GpuDevice.Best;
        if (device is not null)
            return head.ToGpu(device);

        string kind = choice == DeviceChoice.OpenCl ? "OpenCL device" : "GPU";
        IEnumerable<string> cpus = GpuDevice.All.Where(d => d.IsUsable).Select(cpu => $"OpenCL: '{cpu.Name}' is a CPU, which --device opencl takes");
        string message = $"There is no {kind} here.{string.Concat(GpuDevice.Problems.Concat(cpus).Select(problem => $"\n  - {problem}"))}";
        if (choice != DeviceChoice.All)
            throw new PlatformNotSupportedException(message);

        Console.WriteLine(message);
        Console.WriteLine();
        return null;
    }

    /// <summary>Predicts on the GPU, and prints how that differs from the CPU's answers.</summary>
    public static void Compare(GpuModel gpu, FeatureMaps features, float[] expected, int[] rows)
    {
        string name = gpu.Accelerator.Name;
        float[] answers = gpu.Predict(features.Maps);
        float difference = answers.Zip(expected, (a, b) => Math.Abs(a - b)).Max();
        if (!(difference <= Demo.Tolerance))
            throw new InvalidDataException($"The probabilities on {name} differ from the CPU's by {difference:G2}, more than {Demo.Tolerance:G2}.");

        Console.WriteLine();
        Console.WriteLine($"On {name}:");
        Console.WriteLine($"Largest difference to the CPU, over {answers.Length} probabilities: {difference:G2}");
        Console.WriteLine();
        Demo.ShowAnswers(features, answers, rows);
        Demo.ShowThroughput(name, features, (input, output) => gpu.Predict(input, output.Span));
    }
}
