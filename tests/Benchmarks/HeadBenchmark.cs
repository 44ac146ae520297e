using BenchmarkDotNet.Attributes;
using Fused.Benchmarks.Heads;
using Fused.Benchmarks.Peers;
using Fused.CompilerServices;

namespace Fused.Benchmarks;

/// <summary>
/// The heads and contestants of the table, by BenchmarkDotNet, each in a process of its own.
/// <c>dotnet run -c Release --project tests/Benchmarks -- --filter '*HeadBenchmark*'</c>.
/// </summary>
public class HeadBenchmark
{
    private Contestant _contestant = null!;

    [ParamsSource(nameof(Heads))]
    public string Head { get; set; } = "";

    [Params(1, 8, 32, 128)]
    public int Batch { get; set; }

    [ParamsSource(nameof(ThreadCounts))]
    public int Threads { get; set; }

    public static IEnumerable<string> Heads => HeadList.All.Select(head => head.ToString());

    public static IEnumerable<int> ThreadCounts => new[] { 1, Environment.ProcessorCount }.Distinct();

    [GlobalSetup(Target = nameof(Fused))]
    public void SetUpFused() => SetUp("fused");

    [GlobalSetup(Target = nameof(Unfused))]
    public void SetUpUnfused() => SetUp("fused-off");

    [GlobalSetup(Target = nameof(OnnxRuntime))]
    public void SetUpOnnxRuntime() => SetUp("ort");

    [GlobalSetup(Target = nameof(OnnxRuntimeChannelsFirst))]
    public void SetUpOnnxRuntimeChannelsFirst() => SetUp("ort-nchw");

    [GlobalSetup(Target = nameof(OnnxRuntimeInt8))]
    public void SetUpOnnxRuntimeInt8() => SetUp("ort-int8");

    [GlobalSetup(Target = nameof(OnnxRuntimeInt8ChannelsFirst))]
    public void SetUpOnnxRuntimeInt8ChannelsFirst() => SetUp("ort-int8-nchw");

    [GlobalSetup(Target = nameof(Tensors))]
    public void SetUpTensors() => SetUp("tensors");

    [GlobalSetup(Target = nameof(Naive))]
    public void SetUpNaive() => SetUp("naive");

    [GlobalCleanup]
    public void CleanUp() => _contestant.Dispose();

    [Benchmark(Baseline = true)]
    public void Fused() => _contestant.Run();

    [Benchmark]
    public void Unfused() => _contestant.Run();

    [Benchmark]
    public void OnnxRuntime() => _contestant.Run();

    [Benchmark]
    public void OnnxRuntimeChannelsFirst() => _contestant.Run();

    [Benchmark]
    public void OnnxRuntimeInt8() => _contestant.Run();

    [Benchmark]
    public void OnnxRuntimeInt8ChannelsFirst() => _contestant.Run();

    [Benchmark]
    public void Tensors() => _contestant.Run();

    [Benchmark]
    public void Naive() => _contestant.Run();

    /// <summary>Prepares a contestant, and checks it against Fused as the table does.</summary>
    private void SetUp(string name)
    {
        Head head = HeadList.All.Single(head => head.ToString() == Head);
        Memory<float> input = new AlignedBuffer(Batch * head.Input.Length).Memory;
        Samples.TryFill(MapSource.Random, head.Input, input.Span);
        var workload = new Workload(head, head.Create(seed: 1), Batch, Threads, input);
        using Contestant fused = ContestantKind.Fused.Create(workload);
        fused.Run();
        _contestant = ContestantKind.All.Single(kind => kind.Name == name).Create(workload);
        Check.Same(name, _contestant, fused.Output.Span, workload);
    }
}
