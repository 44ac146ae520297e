using Fused.Testing.Compiling;
using Microsoft.CodeAnalysis;

namespace Fused.Generator.Tests.Output;

/// <summary>What a model with labels gets: they, and the best few outputs with theirs, which are those of Predict.</summary>
public class LabelsCodeTests
{
    private const string Model = "using Fused;\nusing System;\nusing System.Linq;\n[FusedModel, Input(4), Dense(3, Activation = Activation.Softmax), Labels(\"cat\", \"dog\", \"fox\")] partial class Head;\n";

    [Fact]
    public void The_labels_are_there_in_their_order()
    {
        Generated generated = Generated.From(
            "using Fused; [FusedModel, Input(4), Dense(3), Labels(\"a \\\"b\\\" (c, d)\", \"\\n\\\\\", \"\\ud83d\\udc31\\ud83d\")] partial class Head;"
            + "static class Runner { public static string Run() => string.Join('|', Head.Labels); }");

        Assert.Empty(generated.Diagnostics());
        Assert.Equal("a \"b\" (c, d)|\n\\|\ud83d\udc31\ud83d", Computed.Call<string>(generated));
        Assert.Single(generated.Files, file => file.HintName == "Head.Labels.g.cs");
    }

    [Fact]
    public void They_come_from_a_file()
    {
        Compilation compilation = Compilations.Create(
            "using Fused; [FusedModel, Input(4), Dense(3), Labels(File = \"data/animals.txt\")] partial class Head;"
            + "static class Runner { public static string Run() => string.Join('|', Head.Labels); }");

        var generated = Generated.From(compilation, BuildProperties.None, new LabelFile("/shop/data/animals.txt", "cat\r\ndog, hound\r\nfox\r\n"), new LabelFile("/shop/other.txt", null));

        Assert.Empty(generated.Diagnostics());
        Assert.Equal("cat|dog, hound|fox", Computed.Call<string>(generated));
    }

    [Fact]
    public void A_file_beside_the_project_is_found_by_its_folder()
    {
        Compilation compilation = Compilations.Create(
            "using Fused; [FusedModel, Input(4), Dense(1), Labels(File = \"labels.txt\")] partial class Head;"
            + "static class Runner { public static string Run() => Head.Labels[0]; }");

        var generated = Generated.From(
            compilation, new BuildProperties(("ProjectDir", "/shop/")), new LabelFile("/shop/obj/labels.txt", "obj"), new LabelFile("/shop/labels.txt", "shop"));

        Assert.Equal("shop", Computed.Call<string>(generated));
    }

    [Fact]
    public void The_best_are_those_of_Predict()
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
                    Prediction[][] best =
                    [
                        Scores.Top(head.Predict(input), ["cat", "dog", "fox"], 2),
                        head.Top(input, 2),
                        Into(best => head.Top(input, best)),
                        head.Top(halves, 2),
                        Into(best => head.Top(halves, best)),
                        head.Top(bytes, quantization, 2),
                        Into(best => head.Top(bytes, quantization, best)),
                        Generic(head, input),
                    ];
                    return [.. best.Select(b => string.Join('|', b))];
                }

                static Prediction[] Into(Action<Prediction[]> fill)
                {
                    var best = new Prediction[6];
                    fill(best);
                    return best;
                }

                static Prediction[] Generic<T>(T model, float[] input) where T : class, ILabeledModel<T> => model.Top(input, T.Labels.Count - 1);
            }
            """);

        Assert.Empty(generated.Diagnostics());
        string[] best = Computed.Call<string[]>(generated);
        Assert.Equal(8, best.Length);
        Assert.Single(best.Distinct());
    }

    [Fact]
    public void The_best_of_bytes_are_those_of_Predict()
    {
        Generated generated = Generated.From(Model.Replace("Input(4)", "Input(4, Type = ElementType.UInt8)", StringComparison.Ordinal) + """
            static class Runner
            {
                public static string[] Run()
                {
                    byte[] bytes = [1, 2, 0, 4, 255, 5, 2, 0, 3, 128, 1, 7];
                    var head = Head.Create(1);
                    var best = new Prediction[6];
                    head.Top(bytes, best);
                    Prediction[][] all =
                    [
                        best,
                        head.Top(bytes, 2),
                        head.Top(bytes, new Quantization(1, 0), 2),
                        head.Top(Array.ConvertAll(bytes, b => (float)b), 2),
                        Scores.Top(head.Predict(bytes), ["cat", "dog", "fox"], 2),
                        head.Top([1, 2, 0, 4, 255, 5, 2, 0, 3, 128, 1, 7], 2),
                        Generic(head, bytes),
                    ];
                    return [.. all.Select(b => string.Join('|', b))];
                }

                static Prediction[] Generic<T>(T model, byte[] input) where T : class, IByteModel<T>, ILabeledModel<T> => Scores.Top(model.Predict(input), T.Labels, 2);
            }
            """);

        Assert.Empty(generated.Diagnostics());
        string[] best = Computed.Call<string[]>(generated);
        Assert.Equal(7, best.Length);
        Assert.Single(best.Distinct());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5000)]
    public void Nothing_is_allocated(int outputs)
    {
        Generated generated = Generated.From($$"""
            using Fused; using System;
            [FusedModel, Input(4), Dense({{outputs}}), Labels({{string.Join(", ", Enumerable.Range(0, outputs).Select(i => $"\"{i}\""))}})] partial class Head;
            static class Runner
            {
                public static long Run()
                {
                    var head = Head.Create(1);
                    head.Options = new FusedOptions { MaxDegreeOfParallelism = 1 };
                    var input = new float[8];
                    var best = new Prediction[6];
                    long least = long.MaxValue;
                    for (int round = 0; round < 5; round++) // in the first ones the runtime fills tables of its own
                    {
                        long before = GC.GetAllocatedBytesForCurrentThread();
                        for (int i = 0; i < 10; i++)
                            head.Top(input, best);
                        least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
                    }

                    return least;
                }
            }
            """);

        Assert.Empty(generated.Diagnostics());
        Assert.Equal(0, Computed.Call<long>(generated));
    }

    [Fact]
    public void What_does_not_fit_is_refused_and_no_sample_has_no_best()
    {
        Generated generated = Generated.From(Model + """
            static class Runner
            {
                public static string[] Run()
                {
                    var head = Head.Create(1);
                    head.Top(new float[0], new Prediction[0]);
                    return
                    [
                        $"{head.Top(new float[0], 3).Length}",
                        Try(() => head.Top(new float[7], 1)),
                        Try(() => head.Top(new float[4], 4)),
                        Try(() => head.Top(new float[8], new Prediction[3])),
                        Try(() => head.Top(new byte[4], default, 1)),
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
                "0",
                "Head: an input of 7 values is no whole number of samples; it takes (n, 4) and gives (n, 3). (Parameter 'input')",
                "The count must be from 1 to 3, the number of outputs. (Parameter 'count')",
                "Room for 3 predictions does not fit 2 samples: each needs as much, for 1 to 3 predictions. (Parameter 'best')",
            ],
            said[..4]);
        Assert.EndsWith("(Parameter 'quantization')", said[4], StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_of_a_nested_class_whose_name_is_a_keyword()
    {
        Generated generated = Generated.From("using Fused; namespace A.@in { partial struct Outer { [FusedModel, Input(4), Dense(1), Labels(\"cat\")] partial class @class; } }");

        Assert.Empty(generated.Diagnostics());
    }

    [Fact]
    public void A_model_without_labels_has_neither()
    {
        Generated generated = Generated.From("using Fused; [FusedModel, Input(4), Dense(1)] partial class Head { string Labels => nameof(Top); void Top() { } }");

        Assert.Empty(generated.Diagnostics());
        Assert.DoesNotContain(generated.Files, file => file.Source.Contains("ILabeledModel", StringComparison.Ordinal));
    }
}
