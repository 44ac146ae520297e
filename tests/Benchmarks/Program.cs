using BenchmarkDotNet.Running;
using Fused.Benchmarks.Startup;
using Fused.Benchmarks.Table;

// "table" measures all heads side by side, in minutes; everything else is BenchmarkDotNet's.
if (args is ["table", ..])
    return TableCommand.Run(args.AsSpan(1));

// "startup" measures first predictions in processes of their own, and NativeAOT beside the JIT, in minutes.
if (args is ["startup"])
    return StartupCommand.Run();

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
