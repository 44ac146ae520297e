using System.ComponentModel;
using System.Globalization;
using Fused.Kernel.Tests.Models;
using Fused.Testing.Networks;
using Xunit.Abstractions;

namespace Fused.Kernel.Tests.Platforms;

/// <summary>
/// A program with models, published for WebAssembly with what NuGet has and no workload, trimmed, and run by Node.js: predictions from
/// features of each type, from loaded weights and from saved ones, against float64.
/// </summary>
public sealed class BrowserTests(ITestOutputHelper output)
{
    private const int Samples = 3;

    private static readonly Quantization Quantization = new(0.0157f, 128);

    private static readonly Network[] Networks =
    [
        .. Enum.GetValues<WeightType>().Select(type => new Network(
            $"Head{type}", new(8, 8, 96), new GlobalPool(PoolKind.Average), new Dropout(), new Dense(10, Function.Softmax)) { Weights = type }),
    ];

    [SkippableFact]
    public async Task Predictions_in_WebAssembly_agree_with_float64()
    {
        using var projects = new DotnetProjects();
        Skip.IfNot(await HasNode(projects), "There is no node, which runs WebAssembly.");
        foreach (Network network in Networks)
            projects.WriteData("app", network, network.RandomWeights(seed: 1), network.RandomSamples(Samples, seed: 2));

        projects.WriteProject(
            "app/app.csproj",
            "Microsoft.NET.Sdk.WebAssembly",
            """
            <OutputType>Exe</OutputType>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
            <AllowUnsafeBlocks>true</AllowUnsafeBlocks>
            <CompressionEnabled>false</CompressionEnabled>
            """,
            $"""{DotnetProjects.PackageItems}<EmbeddedResource Include="*.safetensors;*.features" LogicalName="%(Filename)%(Extension)" />""");
        projects.Write("app/Program.cs", Program);
        projects.Write("app/out/wwwroot/main.mjs", """
            import { dotnet } from './_framework/dotnet.js';
            const { runMain } = await dotnet.create();
            process.exit(await runMain());
            """);

        var published = await projects.Run("dotnet", "publish", "app", "-c", "Release", "-o", "app/out", "-nologo", "-v", "quiet");
        Skip.If(
            published.ExitCode != 0 && published.Output.Contains("error NU1101", StringComparison.Ordinal),
            $"The packages for WebAssembly are not served here: {published.Output}");
        Assert.True(published.ExitCode == 0, published.Output);
        var run = await projects.Run("node", "app/out/wwwroot/main.mjs");

        output.WriteLine(run.Output);
        Assert.True(run.ExitCode == 0, run.Output);
        string[][] lines = [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' '))];
        Assert.Equal(["Wasm", "Vector128", "True"], lines[0]);
        Assert.Equal(Networks.Length * 4, lines.Length - 1);
        foreach (string[] line in lines[1..])
        {
            Network network = Networks.Single(n => n.Name == line[0]);
            float[] predicted = [.. line[2..].Select(value => float.Parse(value, CultureInfo.InvariantCulture))];
            Assert.Equal(Samples * network.Output.Length, predicted.Length);
            PredictionCheck.Worst(network, predicted, Expected(network, line[1]), $"{line[1]} in WebAssembly");
        }
    }

    /// <summary>The predictions in float64 from features as the program converts them.</summary>
    private static Number[] Expected(Network network, string type)
    {
        Dictionary<string, float[]> weights = network.RandomWeights(seed: 1);
        return
        [
            .. network.RandomSamples(Samples, seed: 2).Select(v => type switch
            {
                "half" => (float)(Half)v,
                "byte" => Quantization.Scale * ((byte)Math.Clamp(MathF.Round(v / Quantization.Scale) + Quantization.ZeroPoint, 0, 255) - Quantization.ZeroPoint),
                _ => v,
            }).Chunk(network.Input.Length).SelectMany(sample => network.Predict(sample, weights)),
        ];
    }

    private static async Task<bool> HasNode(DotnetProjects projects)
    {
        try
        {
            return (await projects.Run("node", "--version")).ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static string Program => $$"""
        using System.Globalization;
        using System.Runtime.InteropServices;
        using System.Runtime.Intrinsics;
        using Fused;
        using {{Network.Namespace}};

        Console.WriteLine($"{RuntimeInformation.ProcessArchitecture} Vector128 {Vector128.IsHardwareAccelerated}");
        {{string.Join('\n', Networks.Select(n => $"Check<{n.Name}>();"))}}

        static void Check<T>()
            where T : class, IFusedModel<T>
        {
            float[] x = MemoryMarshal.Cast<byte, float>(Resource($"{typeof(T).Name}.features")).ToArray();
            File.WriteAllBytes("loaded.safetensors", Resource($"{typeof(T).Name}.safetensors"));
            T model = T.Load("loaded.safetensors");
            Print("float", model.Predict(x));
            Print("half", model.Predict(Array.ConvertAll(x, v => (Half)v)));
            Print("byte", model.Predict(
                Array.ConvertAll(x, v => (byte)Math.Clamp(MathF.Round(v / 0.0157f) + 128, 0, 255)), new Quantization(0.0157f, 128)));
            model.Save("saved.safetensors");
            Print("saved", T.Load("saved.safetensors").Predict(x));

            void Print(string what, float[] values) =>
                Console.WriteLine($"{typeof(T).Name} {what} {string.Join(' ', values.Select(v => v.ToString("R", CultureInfo.InvariantCulture)))}");
        }

        static byte[] Resource(string name)
        {
            using Stream stream = typeof(Program).Assembly.GetManifestResourceStream(name)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }

        namespace {{Network.Namespace}}
        {
            {{string.Concat(Networks.Select(n => n.Source))}}
        }
        """;
}
