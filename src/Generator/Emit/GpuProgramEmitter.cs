using System.Collections.Immutable;
using Fused.Generator.Graph;
using Fused.Generator.IR;
using Fused.Generator.Model;
using Fused.Generator.Planning.Gpu;

namespace Fused.Generator.Emit;

/// <summary>Writes the file for GPUs: the kernels, and the model as data that says what memory they work on and when they run.</summary>
internal sealed class GpuProgramEmitter
{
    private const string Services = Header.RuntimeServices;
    private const string Kernels = "GpuKernels";

    private readonly SourceWriter _writer = new();
    private readonly ModelSpec _spec;
    private readonly NetworkGraph _graph;
    private readonly GpuPlan _plan;
    private readonly GpuSyntax _syntax;
    private readonly ImmutableArray<GpuKernel> _kernels;

    private GpuProgramEmitter(ModelSpec spec, NetworkGraph graph, GpuPlan plan)
    {
        _spec = spec;
        _graph = graph;
        _plan = plan;
        _syntax = new GpuSyntax(spec.Surroundings.HideNames, plan);
        _kernels = [.. plan.Kernels];
    }

    public static string Emit(ModelSpec spec, NetworkGraph graph, GpuPlan plan)
    {
        var emitter = new GpuProgramEmitter(spec, graph, plan);
        emitter.Write();
        return emitter._writer.ToString();
    }

    private void Write()
    {
        Header.Write(
            _writer, _spec, isKernels: true, [$"The kernels of {_spec.TypeName} for CUDA and OpenCL devices, which ILGPU compiles.", "", .. Outline()],
            KernelSyntax.Services.TrimEnd('.'), Header.RuntimeServices.TrimEnd('.'), GpuSyntax.Ilgpu.TrimEnd('.'));
        using (Header.OpenModel(_writer, _spec, bases: $" : {ModelSurface.GpuInterface}"))
        {
            ModelSurface.WriteGpu(new MemberWriter(_writer, _spec.Surroundings));
            _writer.Line();
            using (_writer.Open("private sealed partial class Compiled"))
            {
                Program();
                _writer.Line();
                KernelClass();
            }
        }
    }

    /// <summary>The schedules, for the top of the file.</summary>
    private IEnumerable<string> Outline() => _plan.Schedules.Select((schedule, i) =>
    {
        int before = i == 0 ? 0 : _plan.Schedules[i - 1].MaxSamples, first = unchecked(before + 1);
        string samples = before == int.MaxValue ? "where a device refuses these"
            : schedule.MaxSamples == int.MaxValue ? $"{Literals.Int(first)} sample{(first == 1 ? "" : "s")} or more"
            : schedule.MaxSamples == first ? $"{Literals.Int(first)} sample{(first == 1 ? "" : "s")}"
            : $"{Literals.Int(first)} to {Literals.Int(schedule.MaxSamples)} samples";
        IEnumerable<string> launches = schedule.Kernels.Select(k =>
            $"{k.Kernel.Name} ({Literals.Int(k.Grid.Blocks)} block{(k.Grid.Blocks == 1 ? "" : "s")} of {Literals.Int(k.Grid.Threads)} threads for "
            + (k.Grid.Rows == 1 ? "each sample)" : $"every {Literals.Int(k.Grid.Rows)} samples)"));
        return $"  {samples}: {string.Join(", ", launches)}";
    });

    private void Program()
    {
        _writer.Documentation("summary", "The model as GPU kernels with their weights.");
        using (_writer.Open($"public {Services}GpuProgram CreateGpuProgram()"))
        {
            if (!_plan.Weights.IsEmpty)
            {
                _writer.Line("global::Fused.ModelWeights weights = Weights;");
                new GpuWeightsEmitter(_writer, _graph, _plan).Prepare();
                _writer.Line();
            }

            _writer.Line($"return new {Services}GpuProgram(");
            _writer.Line($"    {Literals.Text(_spec.Title)},");
            _writer.Line("    InputLength,");
            _writer.Line("    OutputLength,");
            _writer.Line($"    typeof({Kernels}<,>),");
            _writer.Line("    [");
            foreach (Buffer buffer in _kernels.SelectMany(k => GpuEmitter.Parameters(k.Kernel)).GroupBy(b => b.Name, StringComparer.Ordinal).Select(g => g.First()))
            {
                bool isWeights = buffer.Scope == BufferScope.Weights;
                string values = isWeights ? ", " + GpuWeightsEmitter.Values(buffer) : "";
                _writer.Line($"        new({Literals.Text(buffer.Name)}, {Services}GpuBufferRole.{Role(buffer)}, {Literals.Int(_syntax.Width(buffer))}, "
                    + $"{Literals.Int(isWeights ? buffer.Length : buffer.Pitch)}{values}),");
            }

            _writer.Line("    ],");
            _writer.Line("    [");
            foreach (GpuSchedule schedule in _plan.Schedules)
            {
                string most = schedule.MaxSamples == int.MaxValue ? "int.MaxValue" : Literals.Int(schedule.MaxSamples);
                _writer.Line($"        new({Literals.Text(schedule.Name)}, {most},");
                _writer.Line("        [");
                foreach (GpuKernel kernel in schedule.Kernels)
                {
                    string buffers = string.Join(", ", GpuEmitter.Parameters(kernel.Kernel).Select(b => Literals.Text(b.Name)));
                    Grid grid = kernel.Grid;
                    _writer.Line($"            new({Literals.Text(kernel.Kernel.Name)}, {Literals.Int(grid.Blocks)}, {Literals.Int(grid.Rows)}, {Literals.Int(grid.Threads)}, [{buffers}]),");
                }

                _writer.Line("        ]),");
            }

            _writer.Line(_graph.InputType == InputType.Float32 ? "    ]);" : $"    ]) {{ InputType = global::Fused.ElementType.{_graph.InputType} }};");
        }
    }

    private string Role(Buffer buffer) => buffer.Scope == BufferScope.Weights
        ? _syntax.IsMatrix(buffer) ? "Matrix" : "Vector"
        : buffer.Scope.ToString();

    private void KernelClass()
    {
        string input = _plan.InputWidth == Grid.Lanes ? "IPacked4" : "IPacked1";
        _writer.Documentation("summary", "The kernels.");
        _writer.Documentation("typeparam name=\"TX\"", "How the samples are stored.");
        _writer.Documentation("typeparam name=\"TW\"", "How weight matrices are stored.");
        _writer.Line($"private static class {Kernels}<TX, TW>");
        _writer.Line($"    where TX : unmanaged, {_syntax.Own(input)}");
        using (_writer.Open($"    where TW : unmanaged, {_syntax.Own("IPacked4")}"))
        {
            var emitter = new GpuEmitter(_writer, _syntax, _spec.Surroundings.CheckOverflow);
            foreach (GpuKernel kernel in _kernels)
            {
                emitter.Kernel(kernel);
                _writer.Line();
            }

            // By value, so that an element is loaded whole before it is taken apart.
            string vector = _syntax.Own("Float4");
            Load("LoadInput", "TX", _plan.InputWidth == Grid.Lanes ? vector : "float", "A part of a sample, as float32.");
            if (_plan.Matrices.Keys.Any(matrix => !_plan.Exact.Contains(matrix)))
            {
                _writer.Line();
                Load("LoadWeights", "TW", vector, "Weights, as float32.");
            }

            emitter.Functions();
        }
    }

    private void Load(string name, string stored, string type, string summary)
    {
        _writer.Documentation("summary", summary);
        _writer.Line(_syntax.MethodImpl("AggressiveInlining"));
        _writer.Line($"private static {type} {name}({stored} stored) => stored.Unpack();");
    }
}
