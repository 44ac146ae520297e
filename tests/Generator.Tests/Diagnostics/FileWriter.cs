using Microsoft.CodeAnalysis;

namespace Fused.Generator.Tests.Diagnostics;

/// <summary>Somebody else's generator, which writes a file that no generator sees.</summary>
internal sealed class FileWriter(string source) : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context) =>
        context.RegisterSourceOutput(context.ParseOptionsProvider, (output, _) => output.AddSource("Written.g.cs", source));
}
