using System.Collections.Immutable;
using System.Diagnostics;

namespace Fused.Benchmarks.Startup;

/// <summary>A way to publish <c>tests/Startup</c>.</summary>
/// <param name="Name">Its <c>StartupVariant</c>.</param>
/// <param name="Title">What the table calls it.</param>
internal sealed record Variant(string Name, string Title)
{
    public static Variant Jit { get; } = new("jit", "Fused, JIT");

    public static Variant Onnx { get; } = new("onnx", "ONNX Runtime");

    /// <summary>The first one is what the others are compared with.</summary>
    public static ImmutableArray<Variant> All { get; } =
    [
        Jit,
        new("r2r", "Fused, ReadyToRun"),
        new("aot", "Fused, NativeAOT"),
        new("aot-v3", "Fused, NativeAOT, x86-64-v3"),
        new("aot-v4", "Fused, NativeAOT, x86-64-v4"),
        Onnx,
    ];

    public bool IsOnnx => this == Onnx;

    /// <summary>Publishes the program, and gives the path of what to run.</summary>
    /// <exception cref="InvalidDataException">It did not compile: has the compiler's words.</exception>
    public string Publish(string folder)
    {
        string output = Path.Combine(folder, Name);
        var start = new ProcessStartInfo("dotnet", ["publish", Project(), "-c", "Release", "-v", "quiet", "-nologo", $"-p:StartupVariant={Name}", "-o", output])
        {
            RedirectStandardOutput = true,
            Environment = { ["MSBUILDDISABLENODEREUSE"] = "1" },
        };
        using Process child = Process.Start(start)!;
        string words = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return child.ExitCode == 0 ? Path.Combine(output, OperatingSystem.IsWindows() ? "Fused.Startup.exe" : "Fused.Startup")
            : throw new InvalidDataException($"{Title} cannot be published.\n{words}");
    }

    private static string Project()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "tests", "Startup");
            if (Directory.Exists(path))
                return path;
        }

        throw new InvalidDataException("tests/Startup is not in a folder above this program.");
    }
}
