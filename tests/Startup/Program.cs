using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Fused.Startup;

/// <summary>
/// Loads a model and predicts, and says when it had done so, by the clock that all processes share; then times calls for as long as
/// batches come on the standard input.
/// </summary>
internal static class Program
{
    /// <summary>What a round takes at least, so that the clock's own steps do not show.</summary>
    private const double RoundSeconds = 2e-3;

    /// <param name="args">The head, the file with its model, and a file with samples: as many as the largest batch.</param>
    public static void Main(string[] args)
    {
        long main = Stopwatch.GetTimestamp();
        using IHead head = Heads.Load(args[0], args[1]);
        using FileStream file = File.OpenRead(args[2]);
        float[] sample = Read(file, head.InputLength);
        var output = new float[head.OutputLength];
        head.Predict(sample, output);
        long predicted = Stopwatch.GetTimestamp();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{main} {predicted} {output[0]:R}"));

        while (Console.ReadLine() is { } line)
        {
            int batch = int.Parse(line, CultureInfo.InvariantCulture);
            file.Position = 0;
            float[] samples = Read(file, batch * head.InputLength);
            double seconds = Time(head, samples, new float[batch * head.OutputLength]);
            Console.WriteLine(seconds.ToString("R", CultureInfo.InvariantCulture));
        }
    }

    private static float[] Read(FileStream file, int length)
    {
        var values = new float[length];
        file.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    /// <summary>The seconds of a call, after as many calls that do not count.</summary>
    private static double Time(IHead head, ReadOnlySpan<float> input, Span<float> output)
    {
        int calls = 1;
        for (; ; calls *= 2)
        {
            double seconds = Calls(calls, head, input, output);
            if (seconds > RoundSeconds)
                return Calls(calls, head, input, output) / calls;
        }
    }

    private static double Calls(int count, IHead head, ReadOnlySpan<float> input, Span<float> output)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < count; i++)
            head.Predict(input, output);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
