using Fused.Generator;
using Fused.Generator.Model;
using Fused.Generator.Scheduling;
using Fused.Testing.Compiling;
using Fused.Testing.Networks.Real;

namespace Fused.Benchmarks.Networks;

/// <summary>What the generator writes for a network, and how long it takes, once its own machine code is made.</summary>
/// <param name="Seconds">The processor's time of all stages after parsing, for all targets: the least of some runs.</param>
/// <param name="Files">Lines and bytes for each target, the widest first, and of the model's own file.</param>
internal sealed record GeneratedCode(double Seconds, IReadOnlyList<(string Name, int Lines, long Bytes)> Files)
{
    private const int Runs = 3;

    /// <summary>The model's own file among the others.</summary>
    public const string Model = "model";

    public static GeneratedCode Measure(RealNetwork network)
    {
        ModelSpec spec = ModelCompiler.Parse(network.Name, network.Source)!;
        CompiledModel compiled = null!;
        double seconds = Enumerable.Range(0, Runs).Min(_ =>
        {
            TimeSpan start = Environment.CpuUsage.TotalTime;
            compiled = Compiler.Run(spec, CancellationToken.None);
            return (Environment.CpuUsage.TotalTime - start).TotalSeconds;
        });
        return new GeneratedCode(seconds, [.. Target.Cpu.Select(target => target.Name).Append(Model).Select(name => Count(name, compiled))]);
    }

    private static (string Name, int Lines, long Bytes) Count(string name, CompiledModel compiled)
    {
        string text = compiled.Files.Single(file => name == Model
            ? !Target.Cpu.Any(target => IsOf(file, target.Name))
            : IsOf(file, name)).Source;
        return (name, text.Count(c => c == '\n'), text.Length);
    }

    private static bool IsOf(GeneratedFile file, string target) => file.HintName.EndsWith($".{target}.g.cs", StringComparison.Ordinal);
}
