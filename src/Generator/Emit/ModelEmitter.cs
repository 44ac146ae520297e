using System.Collections.Immutable;
using Fused.Generator.Computing;
using Fused.Generator.Fusion;
using Fused.Generator.Graph;
using Fused.Generator.IR;
using Fused.Generator.Model;
using Fused.Generator.Planning;

namespace Fused.Generator.Emit;

/// <summary>Writes the model's own file: what users call, and the compiled model behind it.</summary>
internal sealed class ModelEmitter
{
    private const string Services = Header.RuntimeServices;

    private readonly SourceWriter _writer = new();
    private readonly ModelSpec _spec;
    private readonly NetworkGraph _graph;
    private readonly FusionPlan _fusion;
    private readonly ImmutableArray<TargetPlan> _plans;
    private readonly ImmutableArray<PreparedWeights> _prepared;
    private readonly MemberWriter _members;
    private readonly NetworkFacts _facts;

    private ModelEmitter(ModelSpec spec, NetworkGraph graph, FusionPlan fusion, ImmutableArray<TargetPlan> plans)
    {
        _spec = spec;
        _graph = graph;
        _fusion = fusion;
        _plans = plans;
        _prepared = Computation.Of(graph, fusion, rows: 1).Weights;
        _members = new MemberWriter(_writer, spec.Surroundings);
        _facts = NetworkFacts.Of(graph, spec.Labels);
    }

    public static string Emit(ModelSpec spec, NetworkGraph graph, FusionPlan fusion, ImmutableArray<TargetPlan> plans)
    {
        var emitter = new ModelEmitter(spec, graph, fusion, plans);
        emitter.Write();
        return emitter._writer.ToString();
    }

    private void Write()
    {
        ImmutableArray<string> outline = Outline.Of(_graph, _fusion);
        Header.Write(_writer, _spec, isKernels: false, [$"{_spec.TypeName}, compiled by Fused.", "", .. outline.Select(l => l.Length == 0 ? "" : "  " + l)]);
        using (Header.OpenModel(_writer, _spec, () => Documentation(outline), Interfaces))
        {
            var surface = new ModelSurface(_members, _spec.Title, _spec.TypeName, _facts);
            surface.Write();
            surface.WriteInterface();
            _members.Field("private readonly Compiled _compiled");
            _members.Constructor($"private {_spec.TypeName}(Compiled compiled)", "_compiled = compiled;");
            Compiled();
        }
    }

    private string Interfaces => $" : {ModelSurface.Interface(_spec.TypeName)}"
        + (_graph.InputType == InputType.UInt8 ? $", {ModelSurface.ByteInterface(_spec.TypeName)}" : "")
        + (_facts.IsLabeled ? $", {LabelsSurface.Interface(_spec.TypeName)}" : "");

    private void Documentation(ImmutableArray<string> outline)
    {
        if (!_spec.HasDocumentation)
        {
            _writer.Documentation("summary", $"A network of {Literals.Int(_graph.Layers.Length)} layers: {_graph.InputType.Describe(_graph.Input)} to {_facts.Gives}.");
        }

        _writer.Line("/// <remarks>");
        _writer.Line("/// <code>");
        foreach (string line in outline)
        {
            _writer.Line(("/// " + SourceWriter.Escape(line)).TrimEnd());
        }

        _writer.Line("/// </code>");
        _writer.Line("/// </remarks>");
    }

    /// <summary>What multiplying in integers costs a layer.</summary>
    private string Rounding(Node node) => _prepared.OfType<PreparedDense>().Any(d => d.Node == node && d.Kernel.IsPairs)
        ? $", in integers: inputs within 1/{Literals.Int(2 * IntegerProduct.Levels(node.Input.Channels))} of the largest"
        : "";

    /// <summary>The bytes of a layer's weights as the kernels store them, with the scales of narrow ones, without padding.</summary>
    private long WeightBytes(FusedNode fused) => fused.Node.Parameters.Sum(p => p.Role != TensorRole.Kernel ? p.Count * sizeof(float)
        : (WinogradChoice.KernelLength(p.Count, fused.WinogradSide) * _graph.Weights.Bits() / 8) + (_graph.Weights.IsScaled() ? fused.Node.Output.Channels * sizeof(float) : 0));

    private void Compiled()
    {
        var weights = new CpuWeightsEmitter(_writer, _graph, _prepared, _plans);
        _members.Documentation("summary", "The weights as the kernels read them, and the choice of kernels for this machine.");
        using (_members.Nested("private sealed partial", "Compiled", $" : {Services}{(IsSplitK ? "ISplitKKernel" : IsShared ? "IPhasedKernel" : "ITileKernel")}"))
        {
            TensorsEmitter.Write(_writer, _graph);
            _writer.Line();
            Summary();
            _writer.Line("public readonly global::Fused.ModelWeights Weights;");
            _writer.Line("public global::Fused.FusedOptions Options = global::Fused.FusedOptions.Default;");
            weights.Fields();
            _writer.Line();
            using (_writer.Open("public Compiled(global::Fused.ModelWeights weights)"))
            {
                _writer.Line("Weights = weights;");
                weights.Prepare();
            }

            _writer.Line();
            _writer.Documentation("summary", "The fewest samples that are worth a thread: as many as take some 20 microseconds.");
            _writer.Line($"public const int GrainSize = {Literals.Int(ThreadCost.GrainSize(_graph))};");
            _writer.Line();
            TileRows();
            _writer.Line();
            bool isPipelined = _plans.Any(p => p.IsPipelined);
            foreach (FeatureType features in FeatureType.All)
            {
                _writer.Line("/// <inheritdoc/>");
                using (_writer.Open($"public void Execute({features.Parameters}, ref float output, int samples, int batch)"))
                {
                    _writer.Line($"Run({features.Arguments}, ref output, samples{Batch(isPipelined)});");
                }

                _writer.Line();
            }

            OnTarget(
                "Run", "Hands samples to this machine's kernels.", KernelsEmitter.RunParameters(isPipelined), plan => "ref y, samples" + Batch(plan.IsPipelined));

            if (IsSplitK)
            {
                SplitK();
            }
            else if (IsShared)
            {
                Shared();
            }
        }
    }

    private void Summary()
    {
        _writer.Comment("Not in the model's class itself, whose static constructor counts as the user's code.");
        _writer.Line("public static readonly global::Fused.ModelSummary Summary = new(");
        _writer.Line($"    {Literals.Text(_spec.Title)},");
        _writer.Line($"    {Literals.Text(_graph.Input.ToString())},");
        _writer.Line("    [");
        foreach (FusedNode node in _fusion.Nodes.Where(node => node.Node.Layer is not OutputsLayer))
        {
            Node n = node.Node;
            _writer.Line($"        new({Literals.Text(n.Name)}, {Literals.Text(n.Layer.Kind)}, {Literals.Text(n.Output.ToString())}, "
                + $"Parameters: {Literals.Int(n.ParameterCount)}, Flops: {Literals.Int(n.Flops)}, WeightBytes: {Literals.Int(WeightBytes(node))}, {Literals.Text(node.Remark + Rounding(n))}),");
        }

        _writer.Line("    ],");
        long trainable = _graph.Nodes.SelectMany(n => n.Parameters)
            .Where(p => p.Role is not (TensorRole.MovingMean or TensorRole.MovingVariance)).Sum(p => p.Count);
        _writer.Line($"    trainableParameters: {Literals.Int(trainable)},");
        _writer.Line($"    activationBytes: {Literals.Int(((long)_graph.Input.Length * _graph.InputType.Bytes()) + ((long)_graph.Output.Length * sizeof(float)))},");
        _writer.Line("    [");
        foreach (string note in _fusion.Notes)
        {
            _writer.Line($"        {Literals.Text(note)},");
        }

        string weights = _graph.Weights == ElementType.Float32 ? "" : $", global::Fused.WeightType.{_graph.Weights}";
        string[] properties =
        [
            .. _fusion.HasWindows ? [$"ArenaBytes = {Literals.Int(_plans.SelectMany(p => p.Tiles).Max(t => t.ScratchLength) * (long)sizeof(float))}"] : Array.Empty<string>(),
            .. _graph.HasSeveralOutputs ? [$"Outputs = [{string.Join(", ", _graph.Outputs.Select(Summary))}]"] : Array.Empty<string>(),
            .. _graph.InputType == InputType.Float32 ? Array.Empty<string>() : [$"InputType = global::Fused.ElementType.{_graph.InputType}"],
        ];
        _writer.Line($"    ]{weights}){(properties.Length == 0 ? "" : $" {{ {string.Join(", ", properties)} }}")};");
        _writer.Line();
    }

    private static string Summary(NetworkOutput output) =>
        $"new({Literals.Text(output.Name)}, {Literals.Text(output.Shape.ToString())}, {Literals.Int(output.Offset)}, {Literals.Int(output.Shape.Length)})";

    /// <summary>What kernels are told that go about large batches in another way.</summary>
    private static string Batch(bool isPipelined) => isPipelined ? ", batch" : "";

    private void TileRows()
    {
        if (_fusion.IsLayerByLayer)
        {
            _writer.Documentation("summary", "Samples that go through the layers at a time: all that a thread has.");
            _writer.Line("public static int TileRows => int.MaxValue;");
            return;
        }

        _writer.Documentation("summary", "Samples that the kernels take at a time; known when the machine code is made, as is the choice below.");
        Dispatch.Write(_writer, "public static int TileRows =>", _plans, p => Literals.Int(p.Tiles[0].Rows));
    }

    /// <summary>Whether a tile's channels may be split among threads; the weights decide that, so that it is so on every target or on none.</summary>
    private bool IsSplitK => _plans[0].Tiles.Any(t => t.Parts > 1);

    private void SplitK()
    {
        ImmutableArray<TilePlan> tiles = [.. _plans.SelectMany(p => p.Tiles).Where(t => t.Parts > 1)];
        _writer.Line();
        _writer.Line("/// <inheritdoc/>");
        _writer.Line($"public int Parts => {Literals.Int(tiles[0].Parts)};");
        _writer.Line();
        _writer.Line("/// <inheritdoc/>");
        _writer.Line($"public int SharesLength => {Literals.Int(tiles.Max(t => t.SharesLength))};");
        _writer.Line();
        _writer.Line("/// <inheritdoc/>");
        Dispatch.Write(_writer, "public int SplitKTile(int samples) =>", _plans, p => KernelsEmitter.ClassName(p.Target) + ".SplitKTile(samples)");
        _writer.Line();
        foreach (FeatureType features in FeatureType.All)
        {
            _writer.Line("/// <inheritdoc/>");
            using (_writer.Open($"public void ExecutePart({features.Parameters}, ref float shares, int samples, int part)"))
            {
                _writer.Line($"Part({features.Arguments}, ref shares, samples, part);");
            }

            _writer.Line();
        }

        OnTarget("Part", "Hands a part of a tile to this machine's kernels.", ["ref float shares", "int samples", "int part"], _ => "ref shares, samples, part");
        _writer.Line();
        _writer.Line("/// <inheritdoc/>");
        using (_writer.Open("public void Finish(ref float shares, ref float output, int samples)"))
        {
            OnTarget(_ => "Finish(this, ref shares, ref output, samples)");
        }
    }

    /// <summary>Whether threads may share out one sample, phase by phase; its work decides that, so that it is so on every target or on none.</summary>
    private bool IsShared => _plans[0].IsPhased;

    private void Shared()
    {
        _writer.Line();
        _writer.Line("/// <inheritdoc/>");
        Dispatch.Write(_writer, "public int ScratchLength =>", _plans, p => Literals.Int(p.Tiles[0].ScratchLength));
        _writer.Line();
        _writer.Line("/// <inheritdoc/>");
        Dispatch.Write(_writer, "public global::System.ReadOnlySpan<short> Tasks =>", _plans, p => KernelsEmitter.ClassName(p.Target) + ".Tasks");
        foreach (FeatureType features in FeatureType.All)
        {
            _writer.Line();
            _writer.Line("/// <inheritdoc/>");
            using (_writer.Open($"public void ExecuteTask({features.Parameters}, ref float output, ref float scratch, int phase, int task)"))
            {
                _writer.Line($"Task({features.Arguments}, ref output, ref scratch, phase, (nuint)task);");
            }
        }

        _writer.Line();
        OnTarget(
            "Task", "Hands a task to this machine's kernels.", ["ref float y", "ref float scratch", "int phase", "nuint task"],
            _ => "ref y, ref scratch, phase, task", method: "Execute");
    }

    /// <summary>Writes a method that hands features to the machine's kernels, whatever their type.</summary>
    private void OnTarget(string name, string summary, string[] parameters, Func<TargetPlan, string> arguments, string? method = null)
    {
        _writer.Documentation("summary", summary);
        _writer.Line($"private void {name}<TFeatures, TElement>(TFeatures features, ref TElement x, {string.Join(", ", parameters)})");
        using (_writer.Open($"    where TFeatures : struct, {Services}IFeatures<TElement>"))
        {
            OnTarget(plan => $"{method ?? name}(this, features, ref x, {arguments(plan)})");
        }
    }

    /// <summary>Writes a call of each target's kernels, of which the machine makes one.</summary>
    private void OnTarget(Func<TargetPlan, string> call)
    {
        for (int i = 0; i < _plans.Length; i++)
        {
            string condition = i == _plans.Length - 1 ? "else" : $"{(i == 0 ? "" : "else ")}if ({Dispatch.Has(_plans[i].Target)})";
            using (_writer.Open(condition))
            {
                _writer.Line($"{KernelsEmitter.ClassName(_plans[i].Target)}.{call(_plans[i])};");
            }
        }
    }
}
