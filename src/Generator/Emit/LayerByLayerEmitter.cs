using System.Collections.Immutable;
using Fused.Generator.IR;
using Fused.Generator.Planning;

namespace Fused.Generator.Emit;

/// <summary>
/// Writes what takes a batch through the kernels where nothing is fused: each one takes all samples, and its results wait in memory
/// for the next one. Values that no other kernel reads have room for one tile, as elsewhere.
/// </summary>
internal sealed class LayerByLayerEmitter
{
    /// <summary>Values of a thread's memory, 4 GiB: more samples than fit go through the network in several turns.</summary>
    private const int MostScratch = 1 << 30;

    private readonly SourceWriter _writer;
    private readonly SimdSyntax _syntax;
    private readonly TargetPlan _plan;

    /// <summary>What passes between kernels, and what stays in one; of the largest tile.</summary>
    private readonly ImmutableArray<Buffer> _passed, _kept;

    public LayerByLayerEmitter(SourceWriter writer, SimdSyntax syntax, TargetPlan plan)
    {
        _writer = writer;
        _syntax = syntax;
        _plan = plan;
        ILookup<bool, Buffer> scratch = Largest.Scratch.Select(s => s.Buffer)
            .ToLookup(buffer => Largest.Kernels.Count(k => k.Buffers.Contains(buffer)) > 1);
        _passed = [.. scratch[true]];
        _kept = [.. scratch[false]];
    }

    private TilePlan Largest => _plan.Tiles[0];

    public void Write()
    {
        Run();
        for (int i = 0; i < Largest.Kernels.Length; i++)
        {
            _writer.Line();
            Layer(i);
        }
    }

    private void Run()
    {
        int each = _passed.Sum(b => b.Pitch), kept = _kept.Sum(b => b.Length);
        string most = Literals.Int(each == 0 ? int.MaxValue : Math.Max(1, (MostScratch - kept) / each));
        _writer.Documentation("summary", "Takes the samples through the network, all of them through a layer before the next one begins.");
        using (_syntax.OpenMethod(_writer, "public", "Run", true, ["Compiled model"], ["ref TElement x", "ref float y", "int samples"]))
        {
            _writer.Line("int count;");
            using (_writer.Open("for (; samples > 0; samples -= count)"))
            {
                _writer.Line($"count = global::System.Math.Min(samples, {most});");
                Places(each, kept);
                for (int i = 0; i < Largest.Kernels.Length; i++)
                {
                    IEnumerable<string> arguments = [.. Features(i), .. Values(Largest.Kernels[i]).Select(b => "ref " + b.Name)];
                    _writer.Line($"{Name(i)}(model, {string.Join(", ", arguments)}, count);");
                }

                _writer.Line($"x = ref {_syntax.Unsafe}.Add(ref x, (nint)count * InputLength);");
                _writer.Line($"y = ref {_syntax.Unsafe}.Add(ref y, (nint)count * OutputLength);");
            }
        }
    }

    /// <summary>Writes where in the thread's memory all buffers lie: first those of a tile, then those of all samples.</summary>
    private void Places(int each, int kept)
    {
        if (each + kept == 0)
        {
            return;
        }

        _writer.Line($"ref float scratch = ref {Header.RuntimeServices}Scratch.Get({Literals.Int(kept)} + ({Literals.Int(each)} * count));");
        int place = 0;
        foreach (Buffer buffer in _kept)
        {
            Place(buffer, Literals.Int(place));
            place += buffer.Length;
        }

        place = 0;
        foreach (Buffer buffer in _passed)
        {
            Place(buffer, $"{Literals.Int(kept)} + ({Literals.Int(place)} * count)");
            place += buffer.Pitch;
        }

        void Place(Buffer buffer, string offset) => _writer.Line($"ref float {buffer.Name} = ref {_syntax.Unsafe}.Add(ref scratch, {offset});");
    }

    /// <summary>Writes what takes all samples through one kernel, in tiles.</summary>
    private void Layer(int index)
    {
        ImmutableArray<Buffer> values = Values(Largest.Kernels[index]);
        IEnumerable<string> parameters = [.. values.Select(b => $"ref {SimdSyntax.Element(b)} {b.Name}"), "int samples"];
        _writer.Documentation("summary", $"Takes all samples through layer {Literals.Int(index + 1)}.");
        using (_syntax.OpenMethod(_writer, "private", Name(index), Features(index).Any(), ["Compiled model"], parameters))
        {
            foreach (TilePlan tile in _plan.Tiles)
            {
                Kernel kernel = tile.Kernels[index];
                string rows = Literals.Int(tile.Rows), times = tile.Rows == 1 ? "" : rows + " * ";
                if (tile != Largest)
                {
                    _writer.Line();
                }

                using (_writer.Open(tile.Rows == 1 ? "for (; samples > 0; samples--)" : $"for (; samples >= {rows}; samples -= {rows})"))
                {
                    IEnumerable<string> buffers = kernel.Buffers.Select(b => "ref " + (b.Scope == BufferScope.Weights ? KernelsEmitter.Weights(b) : b.Name));
                    _writer.Line($"{kernel.Name}({string.Join(", ", Features(index).Concat(buffers))});");
                    foreach (Buffer buffer in values.Except(_kept))
                    {
                        _writer.Line($"{buffer.Name} = ref {_syntax.Unsafe}.Add(ref {buffer.Name}, {times}{Literals.Int(buffer.Pitch)});");
                    }
                }
            }
        }
    }

    /// <summary>What makes floats of the samples' values, where a kernel reads them.</summary>
    private IEnumerable<string> Features(int index) => SimdSyntax.ReadsFeatures(Largest.Kernels[index]) ? [SimdSyntax.Features] : [];

    private static ImmutableArray<Buffer> Values(Kernel kernel) => [.. kernel.Buffers.Where(b => b.Scope != BufferScope.Weights)];

    private static string Name(int index) => "Layer" + Literals.Int(index + 1);
}
