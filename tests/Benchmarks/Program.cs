using BenchmarkDotNet.Running;
using Fused.Benchmarks.Table;

// "table" measures all heads side by side, in minutes; everything else is BenchmarkDotNet's.
if (args is ["table", ..])
    return TableCommand.Run(args.AsSpan(1));

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
