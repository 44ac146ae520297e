using System.Diagnostics;
using System.Globalization;

namespace Fused.Benchmarks.Startup;

/// <summary>A process that has made its first prediction and waits for more.</summary>
internal sealed class Child : IDisposable
{
    private readonly Process _process;

    public Child(string program, string head, string model, string samples)
    {
        long start = Stopwatch.GetTimestamp();
        _process = Process.Start(new ProcessStartInfo(program, [head, model, samples])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        string[] words = Answer().Split(' ');
        long main = long.Parse(words[0], CultureInfo.InvariantCulture);
        long predicted = long.Parse(words[1], CultureInfo.InvariantCulture);
        SinceStart = Stopwatch.GetElapsedTime(start, predicted).TotalSeconds;
        SinceMain = Stopwatch.GetElapsedTime(main, predicted).TotalSeconds;
        FirstOutput = float.Parse(words[2], CultureInfo.InvariantCulture);
    }

    /// <summary>Seconds from the start of the process to its first prediction.</summary>
    public double SinceStart { get; }

    /// <summary>Seconds from the first line of Main to the first prediction.</summary>
    public double SinceMain { get; }

    /// <summary>The first number of the first prediction.</summary>
    public float FirstOutput { get; }

    /// <summary>The seconds of a call, warm.</summary>
    public double Time(int batch)
    {
        _process.StandardInput.WriteLine(batch.ToString(CultureInfo.InvariantCulture));
        return double.Parse(Answer(), CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private string Answer() => _process.StandardOutput.ReadLine() ?? throw new InvalidDataException("The program ended without an answer.");
}
