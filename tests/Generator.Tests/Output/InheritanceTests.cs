using Microsoft.CodeAnalysis;

namespace Fused.Generator.Tests.Output;

/// <summary>Members of a base class in the place of generated ones: they are hidden or overridden, and no warning says that it was forgotten.</summary>
public class InheritanceTests
{
    private const string Model = "using Fused; [FusedModel, Input(3), Dense(2)] public sealed partial class Head : Base;\n";

    [Theory]
    [InlineData("public void Save(string path) { }")]
    [InlineData("public static Base Load(string path) => new();")]
    [InlineData("public static Base Create(int seed) => new();")]
    [InlineData("public float[] Predict(System.ReadOnlySpan<float> input) => [];")]
    [InlineData("public int Predict(System.ReadOnlySpan<byte> input, Fused.Quantization quantization, System.Span<float> output) => 1;")]
    [InlineData("public const int InputLength = 1;")]
    [InlineData("public virtual int OutputLength => 1;")]
    [InlineData("public event System.Action? ParameterCount { add { } remove { } }")]
    [InlineData("public class Summary { }")]
    [InlineData("protected Fused.FusedOptions Options { get; set; } = new();")]
    [InlineData("internal int Save;")]
    [InlineData("protected class Compiled { }")]
    [InlineData("protected internal int _compiled = 1;")]
    [InlineData("public int Compiled(int a) => a;")]
    [InlineData("public int Summary() => 1; public int Summary(int a) => a;")]
    [InlineData("public virtual void Save(string path) { }")]
    [InlineData("protected virtual void Save(string path) { }")]
    [InlineData("public virtual int Save(string path) => 1;")]
    [InlineData("[System.Obsolete] public virtual void Save(string path) { }")]
    [InlineData("[System.Obsolete] public void Save(string path) { }")]
    [InlineData("public virtual void Save(string? path) { }")]
    [InlineData("public virtual float[]? Predict(System.ReadOnlySpan<float> input) => null;")]
    [InlineData("public virtual Fused.FusedOptions Options { get; set; } = new();")]
    [InlineData("public virtual Fused.FusedOptions? Options { get; set; }")]
    [InlineData("public virtual Fused.FusedOptions Options => new();")]
    [InlineData("[System.Obsolete] public Base() { }")]
    public void Which_is_replaced(string member) => AssertClean($"public class Base {{ {member} }}");

    /// <summary>Where there is nothing to hide, to say so would be a warning as well.</summary>
    [Theory]
    [InlineData("private void Save(string path) { } private int Compiled; public int Use() { Save(\"\"); return Compiled++; }")]
    [InlineData("public void Save(string path, int version) { }")]
    [InlineData("public void Save(System.IO.Stream file) { }")]
    [InlineData("public void Save<T>(string path) { }")]
    [InlineData("public float Predict(float[] input) => 0;")]
    [InlineData("public static Base Load(ref string path) => new();")]
    [InlineData("public int inputLength;")]
    public void Which_is_not_replaced(string member) => AssertClean($"public class Base {{ {member} }}");

    [Theory]
    [InlineData("public class Root { public void Save(string path) { } } public class Base : Root;")]
    [InlineData("public class Root { public virtual void Save(string path) { } } public class Base : Root { public override void Save(string path) { } }")]
    [InlineData("public class Root { public virtual void Save(string path) { } } public class Base : Root { public sealed override void Save(string path) { } }")]
    [InlineData("public class Root<T> { public virtual void Save(T path) { } } public class Base : Root<string>;")]
    [InlineData("public abstract class Root { public abstract void Save(string path); } public abstract class Base : Root;")]
    public void Of_a_class_further_down(string classes) => AssertClean(classes);

    [Theory]
    [InlineData("internal", "new")]
    [InlineData("public", "new")]
    [InlineData("private protected", "")]
    public void Of_another_assembly(string accessibility, string expected)
    {
        // Internal members are seen where the other assembly lets them be.
        string friend = expected.Length > 0 ? "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Tested\")]" : "";
        Compilation other = Compilations.Create($"{friend} public class Base {{ {accessibility} void Save(string path) {{ }} }}").WithAssemblyName("Other");
        Generated generated = Generated.From(Compilations.Create(Model).AddReferences(other.ToMetadataReference()));

        Assert.Empty(generated.Diagnostics());
        Assert.Equal(expected.Length > 0, generated.Files[0].Source.Contains("public new void Save", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_abstract_is_implemented()
    {
        const string Base = """
            public abstract class Base
            {
                public abstract float[] Predict(System.ReadOnlySpan<float> input);
                public abstract void Predict(System.ReadOnlySpan<float> input, System.Span<float> output);
                public abstract void Save(string path);
                public abstract Fused.FusedOptions Options { get; set; }
                public float[] Twice(float[] input) => [.. Predict(input), .. Predict(input)];
            }

            static class Runner { public static float[] Run(float[] input) => Head.Create(1).Twice(input); public static int Length => Head.InputLength; }
            """;
        Generated generated = Generated.From(Model + Base);

        Assert.DoesNotContain(generated.Diagnostics(), diagnostic => diagnostic.Id != "CS1591");
        float[] twice = Computed.Predict(generated);
        Assert.Equal(2 * 5 * 2, twice.Length);
        Assert.Equal(twice[..10], twice[10..]);
        Assert.Contains(twice, value => value != 0);
    }

    /// <summary>Of a model whose samples are bytes those that take bytes, too.</summary>
    [Fact]
    public void What_is_abstract_is_implemented_for_bytes()
    {
        const string Base = """
            public abstract class Base
            {
                public abstract float[] Predict(System.ReadOnlySpan<byte> input);
                public abstract void Predict(System.ReadOnlySpan<byte> input, System.Span<float> output);
                public float[] Twice(byte[] input) => [.. Predict(input), .. Predict(input)];
            }

            static class Runner { public static float[] Run() => Head.Create(1).Twice([1, 2, 255]); }
            """;
        Generated generated = Generated.From(Model.Replace("Input(3)", "Input(3, Type = ElementType.UInt8)", StringComparison.Ordinal) + Base);

        Assert.DoesNotContain(generated.Diagnostics(), diagnostic => diagnostic.Id != "CS1591");
        float[] twice = Computed.Call<float[]>(generated);
        Assert.Equal(2 * 2, twice.Length);
        Assert.Equal(twice[..2], twice[2..]);
    }

    /// <summary>C# lets nobody hide an abstract member; that the name is taken is said at the model.</summary>
    [Theory]
    [InlineData("public abstract int InputLength { get; }", "InputLength")]
    [InlineData("public abstract bool Save(string path);", "Save")]
    [InlineData("protected abstract void Save(string path);", "Save")]
    [InlineData("public abstract Base Create(int seed);", "Create")]
    public async Task What_is_abstract_and_something_else_is_a_collision(string member, string name)
    {
        Generated generated = Generated.From(Model + $"public abstract class Base {{ {member} }}");

        // The class does not implement it either, which is for the C# compiler to say.
        Diagnostic[] found = [.. (await generated.BuildDiagnostics()).Where(diagnostic => diagnostic.Id is not ("CS0534" or "CS1591"))];
        Assert.Equal("FUSED005", Assert.Single(found).Id);
        Assert.Equal($"'{name}' collides with the '{name}' that the generator adds to the model: give it another name", found[0].GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    private static void AssertClean(string classes)
    {
        Generated generated = Generated.From(Model + classes);

        Assert.DoesNotContain(generated.Diagnostics(), diagnostic => diagnostic.Id is not ("CS0649" or "CS1591"));
        Assert.Equal(5, generated.Files.Length);
    }
}
