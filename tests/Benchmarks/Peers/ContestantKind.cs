using System.Collections.Immutable;

namespace Fused.Benchmarks.Peers;

/// <summary>A way to compute heads; a new one is a class and a line here.</summary>
/// <param name="Name">What the tables call it.</param>
/// <param name="Create">Prepares it for a workload.</param>
/// <param name="Suits">Whether it says anything of a workload that the others do not.</param>
internal sealed record ContestantKind(string Name, Func<Workload, Contestant> Create, Predicate<Workload> Suits)
{
    /// <summary>How it stores matrices, which its own limit is about.</summary>
    public WeightType Weights { get; init; }

    /// <summary>Samples in the largest tile of any machine.</summary>
    private const int LargestTile = 8;

    public static ContestantKind Fused { get; } = new("fused", workload => new FusedContestant(workload), _ => true);

    /// <summary>Fused first, then what it is compared with.</summary>
    public static ImmutableArray<ContestantKind> All { get; } =
    [
        Fused,
        new("fused-off", workload => new UnfusedContestant(workload), HasTilesForAll),
        Narrow("fused-f16", WeightType.Float16),
        Narrow("fused-bf16", WeightType.BFloat16),
        Narrow("fused-int8", WeightType.Int8),
        new("fused-half", workload => new HalfContestant(workload), _ => true),
        new("fused-byte", workload => new ByteContestant(workload), _ => true),
        new("ort", workload => new OnnxContestant(workload, workload.Head.Input.Layout), _ => true),
        new("ort-nchw", workload => new OnnxContestant(workload, DataLayout.ChannelsFirst), IsChannelsLastMap),
        new("ort-int8", workload => new OnnxContestant(workload, workload.Head.Input.Layout, quantized: true), _ => true),
        new("ort-int8-nchw", workload => new OnnxContestant(workload, DataLayout.ChannelsFirst, quantized: true), IsChannelsLastMap),
        new("tensors", workload => new TensorsContestant(workload), _ => true),
        new("naive", workload => new NaiveContestant(workload), workload => workload.Threads == 1),
    ];

    private static ContestantKind Narrow(string name, WeightType type) =>
        new(name, workload => new NarrowContestant(workload, type), workload => workload.Head.Narrow.ContainsKey(type)) { Weights = type };

    public override string ToString() => Name;

    /// <summary>
    /// Whether each thread has a tile. Fused divides smaller batches among threads, which works on one layer at a time as well: without
    /// it, the difference would not be fusion's alone.
    /// </summary>
    private static bool HasTilesForAll(Workload workload) => workload.Threads == 1 || workload.Batch >= LargestTile * workload.Threads;

    /// <summary>ONNX Runtime pools now one layout faster, now the other; who can choose the layout would let it have the better one.</summary>
    private static bool IsChannelsLastMap(Workload workload) =>
        workload.Head.Input is { IsVector: false, Layout: DataLayout.ChannelsLast };
}
