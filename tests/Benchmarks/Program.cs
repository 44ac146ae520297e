using BenchmarkDotNet.Running;
using Fused.Benchmarks.Call;
using Fused.Benchmarks.Denormals;
using Fused.Benchmarks.Networks;
using Fused.Benchmarks.Startup;
using Fused.Benchmarks.Table;

switch (args)
{
    // All heads side by side, in minutes.
    case ["table", ..]:
        return TableCommand.Run(args.AsSpan(1));

    // Maps of numbers below the normal range beside normal ones, in minutes.
    case ["denormals", ..]:
        return DenormalsCommand.Run(args.AsSpan(1));

    // What a call costs whatever it computes, in seconds.
    case ["call"]:
        CallCommand.Run();
        return 0;

    // Whole networks beside ONNX Runtime, in minutes.
    case ["networks", ..]:
        return NetworksCommand.Run(args.AsSpan(1));

    // First predictions in processes of their own, and NativeAOT beside the JIT, in minutes.
    case ["startup"]:
        return StartupCommand.Run();

    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        return 0;
}
