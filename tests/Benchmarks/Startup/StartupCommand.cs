using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using Fused.Benchmarks.Heads;
using Fused.Benchmarks.Peers;
using Fused.Benchmarks.Peers.Onnx;
using Fused.Benchmarks.Table;
using Fused.CompilerServices;

namespace Fused.Benchmarks.Startup;

/// <summary>
/// Times the first prediction of processes, and warm calls in processes compiled in different ways. The processes take turns; the figures
/// are medians.
/// </summary>
internal static class StartupCommand
{
    private const int Starts = 15;
    private const int Rounds = 25;

    private static readonly ImmutableArray<string> HeadNames = ["8x8x2048-1000", "784-10"];
    private static readonly ImmutableArray<int> Batches = [1, 8, 32];

    public static int Run()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("fused-");
        try
        {
            var programs = Variant.All.ToDictionary(variant => variant, variant => variant.Publish(folder.FullName));
            foreach (string name in HeadNames)
            {
                Head head = HeadList.All.First(head => head.Name == name);
                var files = new HeadFiles(head, folder.FullName, Batches[^1]);
                var load = new OtherLoad();
                FirstPredictions(head, files, programs);
                WarmCalls(head, files, programs);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Processors used, these processes' included: {load.Processors:F2}\n"));
            }

            return 0;
        }
        catch (InvalidDataException problem)
        {
            Console.Error.WriteLine(problem.Message);
            return 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void FirstPredictions(Head head, HeadFiles files, Dictionary<Variant, string> programs)
    {
        var times = programs.Keys.ToDictionary(variant => variant, _ => new List<(double SinceStart, double SinceMain)>());
        for (int round = 0; round < Starts; round++)
        {
            foreach (var (variant, program) in programs)
            {
                using Child child = files.Start(variant, program);
                times[variant].Add((child.SinceStart, child.SinceMain));
                if (Math.Abs(child.FirstOutput - files.FirstOutput) > 1e-4 * files.FirstOutput)
                    throw new InvalidDataException($"{variant.Title} gives {child.FirstOutput} for the first output, Fused here {files.FirstOutput}.");
            }
        }

        Console.WriteLine($"{head.Name}: ms to the first prediction, {Starts} starts\n");
        Console.WriteLine("| | since the process started | since Main began | program, KiB |\n| --- | ---: | ---: | ---: |");
        foreach (var (variant, program) in programs)
        {
            double start = 1e3 * Median(times[variant].Select(time => time.SinceStart));
            double main = 1e3 * Median(times[variant].Select(time => time.SinceMain));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {variant.Title} | {start:F1} | {main:F1} | {Size(program) >> 10:N0} |"));
        }

        Console.WriteLine();
    }

    private static void WarmCalls(Head head, HeadFiles files, Dictionary<Variant, string> programs)
    {
        Variant[] variants = [.. programs.Keys.Where(variant => !variant.IsOnnx)];
        var children = variants.ToDictionary(variant => variant, variant => files.Start(variant, programs[variant]));
        try
        {
            Console.WriteLine($"{head.Name}: us of a call on one thread, {Rounds} rounds; in brackets, how many times as long as with the JIT\n");
            Console.WriteLine($"| batch | {string.Join(" | ", variants.Select(variant => variant.Title))} |\n| ---: |{string.Concat(variants.Select(_ => " ---: |"))}");
            foreach (int batch in Batches)
            {
                var times = variants.ToDictionary(variant => variant, _ => new List<double>());
                for (int round = -Rounds; round < Rounds; round++)
                {
                    foreach (Variant variant in variants)
                    {
                        // The JIT compiles again what runs often, in the background: the first rounds are not counted.
                        double time = children[variant].Time(batch);
                        if (round >= 0)
                            times[variant].Add(time);
                    }
                }

                double jit = Median(times[Variant.Jit]);
                IEnumerable<string> cells = variants.Select(variant => Median(times[variant]))
                    .Select(time => string.Create(CultureInfo.InvariantCulture, $"{time * 1e6:N2} ({time / jit:F2})"));
                Console.WriteLine($"| {batch} | {string.Join(" | ", cells)} |");
            }
        }
        finally
        {
            foreach (Child child in children.Values)
                child.Dispose();
        }

        Console.WriteLine();
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    /// <summary>What has to be copied to another machine, without what only debuggers and editors read.</summary>
    private static long Size(string program) => new FileInfo(program).Directory!.EnumerateFiles()
        .Where(file => file.Extension is not (".pdb" or ".dbg" or ".xml"))
        .Sum(file => file.Length);

    /// <summary>A head's model in both formats, with samples and the result that is expected.</summary>
    private sealed class HeadFiles
    {
        private readonly string _head;
        private readonly string _weights;
        private readonly string _onnx;
        private readonly string _samples;

        public HeadFiles(Head head, string folder, int count)
        {
            _head = head.Name;
            _weights = Path.Combine(folder, $"{_head}.safetensors");
            _onnx = Path.Combine(folder, $"{_head}.onnx");
            _samples = Path.Combine(folder, $"{_head}.samples");
            Memory<float> samples = new AlignedBuffer(count * head.Input.Length).Memory;
            Samples.TryFill(MapSource.Random, head.Input, samples.Span);
            HeadModel model = head.Create(seed: 1);
            var one = new Workload(head, model, Batch: 1, Threads: 1, samples[..head.Input.Length]);
            DenseWeights.Write(_weights, model.Layers);
            File.WriteAllBytes(_onnx, OnnxHead.Build(one, head.Input.Layout, quantized: false));
            File.WriteAllBytes(_samples, MemoryMarshal.AsBytes(samples.Span).ToArray());
            var output = new float[head.OutputLength];
            model.Predict(one.Input.Span, output);
            FirstOutput = output[0];
        }

        public float FirstOutput { get; }

        public Child Start(Variant variant, string program) => new(program, _head, variant.IsOnnx ? _onnx : _weights, _samples);
    }
}
