using Fused.Generator.Tests.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Fused.Generator.Tests.Output;

/// <summary>What a model of several outputs gets: each in memory of its own, which is what stands in the rows of Predict.</summary>
public class OutputsCodeTests
{
    private const string Model = """
        using Fused;
        using System;
        using System.Linq;
        [FusedModel, Input(4), Dense(5, Activation = Activation.Relu, Name = "hidden")]
        [Dense(3, Activation = Activation.Softmax, Name = "animal"), Dense(2, From = "hidden", Name = "hair.colour")]
        [Output("hair.colour", "animal", "hidden"), Labels("cat", "dog", "fox", Output = "animal")]
        partial class Head;

        """;

    [Fact]
    public void Each_output_is_its_part_of_the_rows_whatever_the_features()
    {
        Generated generated = Generated.From(Model + """
            static class Runner
            {
                public static string[] Run()
                {
                    float[] input = [1, 2, -3, 4, -1, 5, 2, 0, 3, -3, 1, -2];
                    Half[] halves = Array.ConvertAll(input, x => (Half)x);
                    byte[] bytes = Array.ConvertAll(input, x => (byte)(x + 10));
                    var quantization = new Quantization(1, 10);
                    var head = Head.Create(1);
                    float[] rows = head.Predict(input);
                    var parts = new float[][] { new float[6], new float[9], new float[15] };
                    for (int n = 0; n < 3; n++)
                    {
                        Span<float> row = rows.AsSpan(n * Head.OutputLength, Head.OutputLength);
                        row.Slice(Head.Outputs.HairColourOffset, Head.Outputs.HairColourLength).CopyTo(parts[0].AsSpan(2 * n));
                        row.Slice(Head.Outputs.AnimalOffset, Head.Outputs.AnimalLength).CopyTo(parts[1].AsSpan(3 * n));
                        row.Slice(Head.Outputs.HiddenOffset, Head.Outputs.HiddenLength).CopyTo(parts[2].AsSpan(5 * n));
                    }

                    return
                    [
                        string.Join(' ', parts.SelectMany(part => part)),
                        Into((colour, animal, hidden) => Head.Outputs.Split(rows, colour, animal, hidden)),
                        Into((colour, animal, hidden) => head.Predict(input, colour, animal, hidden)),
                        Into((colour, animal, hidden) => head.Predict([1, 2, -3, 4, -1, 5, 2, 0, 3, -3, 1, -2], colour, animal, hidden)),
                        Into((colour, animal, hidden) => head.Predict(halves, hidden: hidden, animal: animal, hairColour: colour)),
                        Into((colour, animal, hidden) => head.Predict(bytes, quantization, colour, animal, hidden)),
                    ];
                }

                static string Into(Action<float[], float[], float[]> fill)
                {
                    var (colour, animal, hidden) = (new float[6], new float[9], new float[15]);
                    fill(colour, animal, hidden);
                    return string.Join(' ', colour.Concat(animal).Concat(hidden));
                }
            }
            """);

        Assert.Empty(generated.Diagnostics());
        string[] values = Computed.Call<string[]>(generated);
        Assert.Equal(6, values.Length);
        Assert.Single(values.Distinct());
        Assert.Equal(30, values[0].Split(' ').Length);
    }

    [Fact]
    public void Constants_labels_and_the_summary_say_what_there_is()
    {
        Generated generated = Generated.From(Model + """
            static class Runner
            {
                const int First = Head.Outputs.HairColourOffset, Last = Head.Outputs.HiddenOffset + Head.Outputs.HiddenLength;

                public static string[] Run() =>
                [
                    $"{First} {Last} {Head.OutputLength}",
                    string.Join(' ', Head.Outputs.AnimalLabels),
                    string.Join(' ', Scores.Top([1, 3, 2], Head.Outputs.AnimalLabels, 2).Select(best => best.Label)),
                    string.Join(", ", Head.Summary.Outputs.Select(output => $"{output.Name} {output.Shape} {output.Offset} {output.Length}")),
                    Head.Summary.ToString().Split('\n').Single(line => line.StartsWith("Outputs")),
                    $"{Head.Summary.Layers.Count} {ModelSummary.Of(Head.Create(1)).Outputs.Count}",
                ];
            }
            """);

        Assert.Empty(generated.Diagnostics());
        Assert.Equal(
            ["0 10 10", "cat dog fox", "dog fox", "hair.colour (2) 0 2, animal (3) 2 3, hidden (5) 5 5", "Outputs: hair.colour (2), animal (3), hidden (5)", "3 3"],
            Computed.Call<string[]>(generated));
        Assert.DoesNotContain(generated.Files, file => file.Source.Contains("ILabeledModel", StringComparison.Ordinal));
    }

    /// <summary>A row on its way is as large as all outputs, which may be more than any stack.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(50_000)]
    public void Nothing_is_allocated(int outputs)
    {
        Generated generated = Generated.From($$"""
            using Fused; using System;
            [FusedModel, Input(4), Dense(6, Name = "a"), Dense({{outputs}}, From = "input", Name = "b"), Output("a", "b")] partial class Head;
            static class Runner
            {
                public static long Run()
                {
                    var head = Head.Create(1);
                    head.Options = new FusedOptions { MaxDegreeOfParallelism = 1 };
                    float[] input = new float[8], a = new float[12], b = new float[{{2 * outputs}}];
                    long least = long.MaxValue;
                    for (int round = 0; round < 5; round++) // in the first ones the runtime fills tables of its own
                    {
                        long before = GC.GetAllocatedBytesForCurrentThread();
                        for (int i = 0; i < 10; i++)
                            head.Predict(input, a, b);
                        least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
                    }

                    return least;
                }
            }
            """);

        Assert.Empty(generated.Diagnostics());
        Assert.Equal(0, Computed.Call<long>(generated));
    }

    /// <summary>Each call's rows are its own.</summary>
    [Fact]
    public void Sixteen_threads_on_one_model_give_what_one_gives()
    {
        Generated generated = Generated.From("""
            using Fused; using System; using System.Linq; using System.Threading;
            [FusedModel, Input(4), Dense(20, Name = "a"), Dense(3, Name = "b"), Output("b", "a")] partial class Head;
            static class Runner
            {
                public static int Run()
                {
                    var head = Head.Create(1);
                    using var start = new Barrier(16);
                    var wrong = 0;
                    Thread[] threads = [.. Enumerable.Range(1, 16).Select(i => new Thread(() =>
                    {
                        float[] input = [.. Enumerable.Range(0, 4 * i).Select(v => MathF.Sin(v * i))], rows = head.Predict(input);
                        float[] a = new float[20 * i], b = new float[3 * i], expectedA = new float[20 * i], expectedB = new float[3 * i];
                        Head.Outputs.Split(rows, expectedB, expectedA);
                        start.SignalAndWait();
                        for (int round = 0; round < 200; round++)
                        {
                            Array.Clear(a);
                            head.Predict(input, b, a);
                            if (!a.SequenceEqual(expectedA) || !b.SequenceEqual(expectedB))
                                Interlocked.Increment(ref wrong);
                        }
                    }))];
                    Array.ForEach(threads, thread => thread.Start());
                    Array.ForEach(threads, thread => thread.Join());
                    return wrong;
                }
            }
            """);

        Assert.Empty(generated.Diagnostics());
        Assert.Equal(0, Computed.Call<int>(generated));
    }

    [Fact]
    public void What_does_not_fit_is_refused_before_anything_is_written()
    {
        Generated generated = Generated.From(Model + """
            static class Runner
            {
                public static string[] Run()
                {
                    var head = Head.Create(1);
                    head.Predict(new float[0], new float[0], new float[0], new float[0]);
                    float[] untouched = [7, 7];
                    return
                    [
                        Try(() => head.Predict(new float[7], new float[2], new float[3], new float[5])),
                        Try(() => head.Predict(new float[4], untouched, new float[4], new float[5])),
                        Try(() => head.Predict(new float[8], new float[4], new float[6], new float[5])),
                        Try(() => Head.Outputs.Split(new float[11], new float[2], new float[3], new float[5])),
                        Try(() => Head.Outputs.Split(new float[10], untouched, new float[3], new float[6])),
                        $"{untouched[0]} {untouched[1]}",
                        Try(() => head.Predict(new byte[4], default, new float[2], new float[3], new float[5])),
                    ];
                }

                static string Try(Action call)
                {
                    try { call(); return ""; } catch (ArgumentException exception) { return exception.Message.Split('\n')[0].Trim(); }
                }
            }
            """);

        string[] said = Computed.Call<string[]>(generated);

        Assert.Equal(
            [
                "Head: an input of 7 values is no whole number of samples; it takes (n, 4) and gives (n, 10). (Parameter 'input')",
                "Head: 4 values do not fit 'animal', which is (1, 3), 3 values. (Parameter 'animal')",
                "Head: 5 values do not fit 'hidden', which is (2, 5), 10 values. (Parameter 'hidden')",
                "Head: 11 values are no whole number of rows; a row is (10). (Parameter 'rows')",
                "Head: 6 values do not fit 'hidden', which is (1, 5), 5 values. (Parameter 'hidden')",
                "7 7",
            ],
            said[..6]);
        Assert.EndsWith("(Parameter 'quantization')", said[6], StringComparison.Ordinal);
    }

    /// <summary>Whatever layers may be called, code has a name for each.</summary>
    [Theory]
    [InlineData("class", "Class", "@class")]
    [InlineData("input", "InputOutput", "inputOutput")]
    [InlineData("Outputs", "Outputs", "outputs")]
    [InlineData("rows", "RowsOutput", "rowsOutput")]
    [InlineData("a b", "AB", "aB")]
    [InlineData("aB", "AB2", "aB2")] // its neighbour is a-b
    [InlineData("\u0444\u0443", "Layer", "layer")]
    [InlineData("", "Layer", "layer")]
    public void Any_name(string name, string stem, string parameter)
    {
        Generated generated = Generated.From($$"""
            using Fused;
            [FusedModel, Input(4), Dense(2, Name = "a-b"), Dense(3, From = "a-b", Name = "{{name}}"), Output({{(name == "a b" ? $"\"{name}\", \"a-b\"" : $"\"a-b\", \"{name}\"")}})] partial class Head;
            static class Runner
            {
                public static int Run()
                {
                    float[] a = new float[2], b = new float[3];
                    Head.Create(1).Predict(new float[4], {{parameter}}: b, {{(name == "a b" ? "aB2" : "aB")}}: a);
                    return Head.Outputs.{{stem}}Length;
                }
            }
            """);

        Assert.Empty(generated.Diagnostics());
        Assert.Equal(3, Computed.Call<int>(generated));
    }

    [Fact]
    public void Uses_of_blocks_stand_for_what_they_end_in()
    {
        Generated generated = Generated.From("""
            using Fused;
            [FusedBlock, Dense(4, Activation = Activation.Relu, Name = "hidden"), Dense(2, Name = "end")] class Classifier;
            [FusedModel, Input(3), Block(typeof(Classifier), Name = "left"), Block(typeof(Classifier), Name = "right", From = "input"), Output("right", "left", "left.hidden")] partial class Head;
            static class Runner
            {
                public static string Run() => $"{Head.Outputs.RightOffset} {Head.Outputs.LeftOffset} {Head.Outputs.LeftHiddenOffset} {Head.OutputLength}";
            }
            """);

        Assert.Empty(generated.Diagnostics());
        Assert.Equal("0 2 4 8", Computed.Call<string>(generated));
    }

    /// <summary>One name is that of the last layer, whose output it is without it.</summary>
    [Fact]
    public void One_output_adds_nothing()
    {
        const string Declared = "using Fused; [FusedModel, Input(4), Dense(3, Name = \"end\"), Labels(\"a\", \"b\", \"c\")] partial class Head { int Outputs => 1; }";
        Generated plain = Generated.From(Declared), named = Generated.From(Declared.Replace(", Labels", ", Output(\"end\"), Labels", StringComparison.Ordinal));

        Assert.Empty(named.Diagnostics());
        Assert.Equal(plain.Files.Select(file => (file.HintName, file.Source)), named.Files.Select(file => (file.HintName, file.Source)));
    }

    [Fact]
    public void Nested_classes_structs_and_base_classes()
    {
        Generated generated = Generated.From("""
            using Fused; using System;
            namespace A.@in
            {
                abstract class Base
                {
                    public static int Outputs => 1;
                    public abstract void Predict(ReadOnlySpan<float> input, Span<float> a, Span<float> b);
                }

                partial struct Outer
                {
                    [FusedModel, Input(4), Dense(1, Name = "a"), Dense(2, Name = "b"), Output("a", "b")] partial class @class : Base;
                }
            }
            """);

        Assert.Empty(generated.Diagnostics());
    }

    /// <summary>A broken model has the same members.</summary>
    [Theory]
    [InlineData("Dense(0, Name = \"a\"), Dense(2, Name = \"b\"), Output(\"a\", \"b\"), Labels(\"x\", \"y\", Output = \"b\")", "FUSED011")]
    [InlineData("Dense(3, Name = \"a\"), Dense(2, Name = \"b\", From = \"input\"), Dense(1), Output(\"a\", \"b\"), Labels(\"x\", \"y\", Output = \"b\")", "FUSED113")]
    [InlineData("Dense(3, Name = \"a\"), Dense(2, Name = \"b\"), Output(\"a\", \"b\"), Labels(\"x\", Output = \"b\")", "FUSED030")]
    [InlineData("Dense(3, Name = \"a\"), Dense(2, Name = \"c\"), Output(\"a\", \"b\"), Labels(\"x\", \"y\", Output = \"b\")", "FUSED114")]
    public async Task A_broken_model_has_the_members_too(string attributes, string id)
    {
        Generated generated = Generated.From($$"""
            using Fused; using System; using System.Collections.Generic;
            [FusedModel, Input(4), {{attributes}}] partial class Head;
            static class Uses
            {
                const int Last = Head.Outputs.BOffset + Head.Outputs.BLength;

                static IReadOnlyList<string> Go(Head head, float[] rows, Half[] halves, byte[] bytes, float[] one, float[] two)
                {
                    Head.Outputs.Split(rows, one, two);
                    head.Predict(rows, one, b: two);
                    head.Predict(halves, a: one, two);
                    head.Predict(bytes, new Quantization(1, 0), one, two);
                    return Head.Outputs.BLabels;
                }
            }
            """);

        Diagnostic[] found = await generated.BuildDiagnostics();
        Assert.Equal([id], found.Select(diagnostic => diagnostic.Id));
    }

    [Fact]
    public void The_example_in_the_documentation_is_true()
    {
        string[] examples = [.. Documents.Read("outputs.md").Split("```csharp\n")[1..].Select(rest => rest.Split("```")[0])];
        Generated generated = Generated.From($$"""
            using Fused; using System;
            {{examples[0]}}
            static class Uses
            {
                static void Go(Clothes clothes, Clothes gpu, float[] map, float[] maps)
                {
                    {{examples[1]}}
                    {{examples[2]}}
                }
            }
            """);

        Assert.Empty(generated.Diagnostics());
    }

    /// <summary>Where others' constants have to be known before code is written, those in Outputs are not.</summary>
    [Fact]
    public async Task Constants_of_Outputs_are_none_that_attributes_can_name()
    {
        Generated generated = Generated.From("""
            using Fused;
            [FusedModel, Input(4), Dense(3, Name = "a"), Dense(2, Name = "b"), Output("a", "b")] partial class First;
            [FusedModel, Input(First.Outputs.ALength), Dense(2)] partial class Second;
            """);

        Diagnostic found = Assert.Single(await generated.BuildDiagnostics());
        Assert.Equal("FUSED022", found.Id);
    }

    [Fact]
    public Task A_member_of_ones_own_in_the_place_of_Outputs() => Analysis.Run(
        "[FusedModel, Input(4), Dense(1, Name = \"a\"), Dense(2, Name = \"b\"), Output(\"a\", \"b\")] partial class Head { int {|#0:Outputs|} => 1; }",
        "FUSED005 Error: 'Outputs' collides with the 'Outputs' that the generator adds to the model: give it another name");
}
