using System.Text.RegularExpressions;
using static Fused.Runtime.Tests.Weights.WeightFile;

namespace Fused.Runtime.Tests.Weights;

/// <summary>
/// The table of convolutions in docs/weights.md: each row's file is made of the axes that the row has, and loaded as it says. A cell
/// names the tensor and its axes; the layer's name is what the cell has before the tensor's word.
/// </summary>
public sealed partial class ConvolutionTableTests
{
    private const int Window = 3, Inputs = 3, Outputs = 4, Channels = 4, Multiplier = 2, UpInputs = 8, UpOutputs = 4;

    private static readonly WeightLoadOptions[] Options =
    [
        new(), new() { ByPosition = true }, new() { AllowUnused = true }, new() { Prefix = "net/" }, new() { Prefix = "model." }, new() { Prefix = "params/" },
        new() { Prefix = "layers/", ByPosition = true }, new() { KernelOrder = KernelOrder.OutputsFirst, ByPosition = true },
    ];

    /// <summary>A row: framework, the three kinds of kernel and the call.</summary>
    public static TheoryData<string, string, string, string, string> Rows
    {
        get
        {
            var rows = new TheoryData<string, string, string, string, string>();
            foreach (Match row in Row().Matches(Document()))
                rows.Add(row.Groups[1].Value, row.Groups[2].Value, row.Groups[3].Value, row.Groups[4].Value, row.Groups[5].Value);
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void What_a_row_says_loads_what_its_framework_writes(string framework, string convolution, string depthwise, string transposed, string load)
    {
        WeightLoadOptions options = Assert.Single(Options, options => load == (OptionsText.Of(options) is var text && text == "no options" ? "Load(path)" : $"Load(path, {text})"));
        var specs = new List<TensorSpec>();
        var tensors = new List<(string Name, int[] Shape, float[] Values)>();
        Add(convolution, layer => new(layer, TensorRole.Kernel, Window, Window, Inputs, Outputs));
        Add(depthwise, layer => new(layer, TensorRole.DepthwiseKernel, Window, Window, Channels, Multiplier));
        Add(transposed, layer => new(layer, TensorRole.Kernel, Window, Window, UpOutputs, UpInputs) { Transposed = true });
        if (options.AllowUnused)
            tensors.Add(Counted("classifier.weight", 5, 7));
        string metadata = Says().Match(convolution) is { Success: true } says ? $"{says.Groups[1].Value}={says.Groups[2].Value}" : "";

        List<byte[]> files = [Safetensors(metadata, [.. tensors])];
        if (metadata.Length == 0)
            files.Add(Npz([.. tensors]));
        foreach (byte[] file in files)
        {
            ModelWeights weights = ModelWeights.Load(file, specs, options);
            Assert.All(specs, (spec, i) => Assert.True(weights[i].SequenceEqual(ConvolutionFile.Expected(spec)), $"{framework}: {weights.Report!.Tensors[i]}"));
        }

        void Add(string cell, Func<string, TensorSpec> spec)
        {
            if (cell.Length == 0)
                return;
            Match match = Cell().Match(cell);
            Assert.True(match.Success, cell);
            string name = match.Groups[1].Value[(match.Groups[1].Value.StartsWith(options.Prefix, StringComparison.Ordinal) ? options.Prefix.Length : 0)..];
            specs.Add(spec(options.ByPosition ? $"layer_{specs.Count}" : name[..name.LastIndexOfAny(['.', '/'])]));
            tensors.Add(Stored(match.Groups[1].Value, specs[^1], match.Groups[2].Value.Split(", ")));
        }
    }

    [Fact]
    public void All_frameworks_are_there() => Assert.Equal(17, Rows.Count);

    /// <summary>A tensor of these axes whose values say where they belong.</summary>
    private static (string Name, int[] Shape, float[] Values) Stored(string name, TensorSpec spec, string[] axes)
    {
        bool isDepthwise = spec.Role == TensorRole.DepthwiseKernel;
        (int inputs, int outputs) = isDepthwise ? (Channels, Multiplier) : spec.Transposed ? (UpInputs, UpOutputs) : (Inputs, Outputs);
        int[] shape = [.. axes.Select(axis => axis switch
        {
            "kh" or "kw" => Window,
            "in" or "in / groups" => inputs,
            "out" or "multiplier" => outputs,
            "in * multiplier" => inputs * outputs,
            "1" => 1,
            _ => throw new ArgumentException(axis),
        })];
        return ConvolutionFile.Of(name, shape, at =>
        {
            int Of(string axis) => Array.IndexOf(axes, axis) is int place and >= 0 ? at[place] : -1;
            int both = Of("in * multiplier");
            return ConvolutionFile.Value(
                Of("kh"), Of("kw"), both >= 0 ? both / Multiplier : Math.Max(Of("in"), Of("in / groups")), both >= 0 ? both % Multiplier : Math.Max(Of("out"), Of("multiplier")));
        });
    }

    private static string Document()
    {
        string? folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder!, "Fused.sln")))
            folder = Path.GetDirectoryName(folder);
        return File.ReadAllText(Path.Combine(folder!, "docs", "weights.md"));
    }

    /// <summary>A row of five cells, of which those in the middle are tensors, or empty.</summary>
    [GeneratedRegex(@"^\| ([^|]+?) \| (`[^|]+?) \| (`[^|]+?)? ?\| (`[^|]+?)? ?\| `(Load\([^|]+\))` \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^`(\S+)` \(([^)]+)\)")]
    private static partial Regex Cell();

    [GeneratedRegex(@"; says `(\w+)` = `(\w+)`")]
    private static partial Regex Says();
}
