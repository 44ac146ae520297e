using System.Globalization;
using Fused.Kernel.Tests.Models;
using Fused.Testing.Networks;

namespace Fused.Kernel.Tests.Platforms;

/// <summary>Models that a library in C# declares, used by programs in other languages, for which generators do not run.</summary>
public sealed class OtherLanguageTests
{
    private static readonly Network Head = new("Head", new(4, 4, 24), new GlobalPool(PoolKind.Average), new Dense(5, Function.Softmax));

    [Fact]
    public Task FSharp_uses_models_of_a_library_in_CSharp() => Check("app.fsproj", "Program.fs", """<Compile Include="Program.fs" />""", """
        open System
        open System.IO
        open Declared

        let head = Head.Load "Head.safetensors"
        let bytes = File.ReadAllBytes "Head.features"
        let features = Array.init (bytes.Length / 4) (fun i -> BitConverter.ToSingle(bytes, 4 * i))
        let output : float32[] = Array.zeroCreate (features.Length / Head.InputLength * Head.OutputLength)
        head.Predict(ReadOnlySpan features, Span output)
        if output <> head.Predict features then failwith "The two forms differ."
        printfn "%s" (String.Join(" ", output))
        """);

    /// <summary>Visual Basic has no spans of its own; arrays become spans where they are passed.</summary>
    [Fact]
    public Task VisualBasic_uses_models_of_a_library_in_CSharp() => Check("app.vbproj", "Program.vb", "", """
        Imports System
        Imports System.IO
        Imports Declared

        Module Program
            Sub Main()
                Dim model = Head.Load("Head.safetensors")
                Dim bytes = File.ReadAllBytes("Head.features")
                Dim features(bytes.Length \ 4 - 1) As Single
                Buffer.BlockCopy(bytes, 0, features, 0, bytes.Length)
                Console.WriteLine(String.Join(" ", model.Predict(features)))
            End Sub
        End Module
        """);

    private static async Task Check(string project, string file, string items, string program)
    {
        Dictionary<string, float[]> weights = Head.RandomWeights(seed: 1);
        float[] features = Head.RandomSamples(2, seed: 2);
        using var projects = new DotnetProjects();
        projects.WriteProject("models/models.csproj", "Microsoft.NET.Sdk", "", DotnetProjects.PackageItems);
        projects.Write("models/Head.cs", $"using Fused;\nnamespace {Network.Namespace};\n\n{Head.Source}");
        projects.WriteProject($"app/{project}", "Microsoft.NET.Sdk", "<OutputType>Exe</OutputType>", $"""
            <ProjectReference Include="../models/models.csproj" />
            <Reference Include="{typeof(FusedModelAttribute).Assembly.Location}" />
            {items}
            """);
        projects.Write($"app/{file}", program);
        projects.WriteData(".", Head, weights, features);

        var run = await projects.Run("dotnet", "run", "-c", "Release", "--project", $"app/{project}");

        Assert.True(run.ExitCode == 0, run.Output);
        float[] predicted = [.. run.Output.Trim().Split('\n')[^1].Split(' ').Select(value => float.Parse(value, CultureInfo.InvariantCulture))];
        Assert.Equal(2 * Head.Output.Length, predicted.Length);
        Number[] expected = [.. features.Chunk(Head.Input.Length).SelectMany(sample => Head.Predict(sample, weights))];
        PredictionCheck.Worst(Head, predicted, expected, project);
    }
}
