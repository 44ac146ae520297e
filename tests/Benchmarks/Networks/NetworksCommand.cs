using System.Globalization;
using Fused.Benchmarks.Limits;
using Fused.Benchmarks.Table;
using Fused.Onnx;
using Fused.Testing.Compiling;
using Fused.Testing.Networks.Real;

namespace Fused.Benchmarks.Networks;

/// <summary>Measures whole networks beside ONNX Runtime, and the code that is generated for them.</summary>
internal sealed class NetworksCommand(NetworkOptions options, TextWriter writer)
{
    private readonly Dictionary<int, double> _flopsPerSecond = [];

    public static int Run(ReadOnlySpan<string> args)
    {
        if (args is ["--help" or "-h"])
        {
            Console.WriteLine(NetworkOptions.Usage);
            return 0;
        }

        if (NetworkOptions.Parse(args) is not { } options)
        {
            Console.Error.WriteLine(NetworkOptions.Usage);
            return 1;
        }

        try
        {
            using StreamWriter? file = options.Markdown is null ? null : new StreamWriter(options.Markdown);
            new NetworksCommand(options, file ?? Console.Out).Run();
            return 0;
        }
        catch (Exception problem) when (problem is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(problem.Message);
            return 1;
        }
    }

    private void Run()
    {
        Generation();
        if (options.OnlyGeneration)
            return;

        foreach (int threads in options.Threads)
        {
            _flopsPerSecond[threads] = Limit.MeasureFlops(threads);
            Line($"{threads} thread(s): {_flopsPerSecond[threads] / 1e9:F0} GFLOP/s of multiply-adds, vectors of {Probe.Widest.VectorBits} bits");
        }

        Line($"");
        Line($"| network | batch | threads | Fused, ms | of the peak | ONNX Runtime, ms | of the peak | ONNX Runtime / Fused |");
        Line($"| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (KnownNetwork network in options.Networks)
            Measure(new LoadedNetwork(network.Full));
    }

    private void Measure(LoadedNetwork network)
    {
        foreach (int batch in options.Batches)
        {
            byte[] onnx = OnnxNetwork.Build(network.Graph, network.Weights, batch);
            foreach (int threads in options.Threads)
            {
                NetworkCell cell = options.Race.Run(network, onnx, batch, threads);
                string mark = OtherLoad.Disturbs(cell.OtherProcessors) ? " !" : "";
                Line($"| {network.Network} | {batch}{mark} | {threads} | {Times(cell.Fused)} | {Share(cell.Fused)} | {Times(cell.Onnx)} | {Share(cell.Onnx)} | {cell.Onnx.Median / cell.Fused.Median:F2} |");

                string Share(Measurement measurement) =>
                    (network.Flops * batch / measurement.Median / _flopsPerSecond[threads]).ToString("P0", CultureInfo.InvariantCulture);
            }
        }
    }

    /// <summary>The median, and the quartiles.</summary>
    private static string Times(Measurement measurement) => string.Create(
        CultureInfo.InvariantCulture, $"{measurement.Median * 1e3:F1} ({measurement.Low * 1e3:F1} to {measurement.High * 1e3:F1})");

    private void Generation()
    {
        Line($"| network | layers | generator, s | lines for each target | KB for each target | of the model's own file |");
        Line($"| --- | ---: | ---: | --- | --- | ---: |");
        foreach (KnownNetwork known in options.Networks)
        {
            GeneratedCode code = GeneratedCode.Measure(known.Full);
            var kernels = code.Files.Where(file => file.Name != GeneratedCode.Model);
            var model = code.Files.Single(file => file.Name == GeneratedCode.Model);
            int layers = MachineCompiler.Graph(known.Full).Nodes.Length;
            string lines = string.Join(", ", kernels.Select(file => file.Lines.ToString("N0", CultureInfo.InvariantCulture)));
            string bytes = string.Join(", ", kernels.Select(file => (file.Bytes / 1024).ToString("N0", CultureInfo.InvariantCulture)));
            Line($"| {known.Name} | {layers} | {code.Seconds:F2} | {lines} | {bytes} | {model.Lines:N0} lines, {model.Bytes / 1024:N0} KB |");
        }

        Line($"");
    }

    private void Line(FormattableString text)
    {
        writer.WriteLine(text.ToString(CultureInfo.InvariantCulture));
        writer.Flush();
    }
}
