using Fused.Generator.Graph;
using Fused.Generator.Inference;
using Fused.Generator.Model;
using Fused.Generator.Parsing;

namespace Fused.Generator.Tests.Diagnostics;

/// <summary>The generator but for kernels, which take the longest and have tests of their own.</summary>
internal static class WithoutKernels
{
    /// <summary>A model that is a network gets no code.</summary>
    public static FusedGenerator Generator() => Of((_, _) => new CompiledModel([]));

    /// <summary>A model that is a network, in no namespace and no other type, gets its constants.</summary>
    public static FusedGenerator OfConstants() => Of((spec, graph) => new CompiledModel([new GeneratedFile(spec.HintName, $$"""
        partial class {{spec.TypeName}}
        {
            public const int InputLength = {{graph.Input.Length}}, OutputLength = {{graph.Output.Length}};
            public const long ParameterCount = {{graph.ParameterCount}};
        }
        """)]));

    private static FusedGenerator Of(Func<ModelSpec, NetworkGraph, CompiledModel> ofNetwork) => new(ModelParser.Parse, (model, cancellation) =>
        model is ModelSpec spec && ShapeInference.Build(spec).Graph is { } graph ? ofNetwork(spec, graph) : Compiler.Run(model, cancellation));
}
