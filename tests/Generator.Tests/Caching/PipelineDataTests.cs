using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace Fused.Generator.Tests.Caching;

/// <summary>
/// What the pipeline keeps from one keystroke to the next. A symbol, a syntax node or a location would keep its whole
/// compilation in memory, and would never be equal to the next one.
/// </summary>
public class PipelineDataTests
{
    private static readonly Type[] Forbidden =
    [
        typeof(Compilation), typeof(ISymbol), typeof(SyntaxNode), typeof(SyntaxTree), typeof(SyntaxReference), typeof(Location),
        typeof(SemanticModel), typeof(AttributeData), typeof(Diagnostic),
    ];

    [Fact]
    public void No_step_keeps_anything_of_the_compilation()
    {
        string[] layers = ["BatchNormalization", "AdaptiveConcatPooling2D", "Flatten", "Dropout(0.1)", "Dense(4)", "Activation(Activation.Elu)", "Softmax"];
        GeneratorRunResult result = Pipeline.Rerun(
            [
                $"using Fused; namespace A.B {{ partial class Outer {{ [FusedModel, Input(4, 4, 8), {string.Join(", ", layers)}] partial class Head : Base; }} }}",
                "class Base { public virtual void Save(string path) { } public int Summary; }",
                "using Fused; [FusedModel, Input(4), Dense(-1)] partial class Broken : Base { int Compiled; } [FusedModel, Input(4), Dens(3)] static partial class Misspelt<T>;",
            ],
            compilation => compilation);

        string[] steps = [FusedGenerator.ModelsStep, FusedGenerator.FilesStep];
        Assert.All(steps, step =>
        {
            object[] outputs = [.. result.TrackedSteps[step].SelectMany(run => run.Outputs).Select(output => output.Value)];
            Assert.NotEmpty(outputs);
            Walk(outputs, step, new HashSet<object>(ReferenceEqualityComparer.Instance));
        });
    }

    [Fact]
    public void The_walk_finds_what_is_hidden_in_a_record_in_an_array()
    {
        object[] hidden = [new { Inner = new[] { (1, (object)Compilations.Create("class C;").SyntaxTrees[0]) } }];

        Exception found = Record.Exception(() => Walk(hidden, "hidden", new HashSet<object>(ReferenceEqualityComparer.Instance)));

        Assert.Contains("Item2", found.Message, StringComparison.Ordinal);
    }

    /// <summary>Visits all that can be reached from a value, and fails at the first thing that the compilation owns.</summary>
    private static void Walk(object? value, string path, HashSet<object> seen)
    {
        if (value is null or string or Type || value.GetType() is { IsPrimitive: true } or { IsEnum: true } || !seen.Add(value))
            return;

        Type type = value.GetType();
        Assert.False(Forbidden.Any(f => f.IsAssignableFrom(type)), $"{path} holds a {type}.");
        if (value is IEnumerable items)
        {
            foreach (object? item in items)
                Walk(item, path + "[]", seen);
        }

        for (Type? t = type; t is not null && t != typeof(object) && !t.IsArray; t = t.BaseType)
        {
            foreach (FieldInfo field in t.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                Walk(field.GetValue(value), $"{path}.{field.Name}", seen);
        }
    }
}
