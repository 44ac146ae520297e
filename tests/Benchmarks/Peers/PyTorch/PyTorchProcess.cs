using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Fused.Benchmarks.Heads;
using Fused.Benchmarks.Table;

namespace Fused.Benchmarks.Peers.PyTorch;

/// <summary>
/// PyTorch in a process of its own, which has as many threads as it began with: <c>pytorch.py</c>, which says what passes through the
/// pipes. It holds one workload at a time.
/// </summary>
internal sealed class PyTorchProcess : IDisposable
{
    private readonly Process _process;
    private readonly Stream _to;
    private readonly Stream _from;
    private Workload? _loaded;

    /// <param name="python">The interpreter.</param>
    /// <param name="threads">The threads of every operator.</param>
    /// <exception cref="InvalidDataException">It has no PyTorch.</exception>
    /// <exception cref="System.ComponentModel.Win32Exception">There is no such program.</exception>
    public PyTorchProcess(string python, int threads)
    {
        string count = threads.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo(python, [Path.Combine(AppContext.BaseDirectory, "pytorch.py"), count])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,

            // OpenMP and OpenBLAS read how many threads they have when they are loaded. OpenMP's must not spin, or OpenBLAS's have no
            // processor: a product on two of two then took as long as on one, or longer.
            Environment =
            {
                ["OMP_NUM_THREADS"] = count, ["OPENBLAS_NUM_THREADS"] = count, ["MKL_NUM_THREADS"] = count, ["OMP_WAIT_POLICY"] = "passive",
            },
        };
        _process = Process.Start(start)!;
        _to = _process.StandardInput.BaseStream;
        _from = _process.StandardOutput.BaseStream;
        OtherLoad.Ours.Add(_process);
        try
        {
            Version = ReadLine();
        }
        catch (InvalidDataException)
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Such as <c>PyTorch 1.13.0</c>.</summary>
    public string Version { get; }

    /// <summary>Gives the process a workload, unless it has it.</summary>
    public void Load(Workload workload)
    {
        if (ReferenceEquals(workload, _loaded))
            return;

        MapShape shape = workload.Head.Input;
        WriteLine($"load {Layouts.Name(shape.Layout)} {workload.Batch} {shape.Height} {shape.Width} {shape.Channels} {string.Join(' ', workload.Head.Widths)}");
        Write(workload.Input.Span);
        foreach (DenseWeights layer in workload.Model.Layers)
        {
            Write(layer.Kernel);
            Write(layer.Bias);
        }

        ReadLine();
        _loaded = workload;
    }

    /// <summary>The seconds of some calls, by Python's clock.</summary>
    public double Time(string way, int calls)
    {
        WriteLine($"time {way} {calls}");
        return double.Parse(ReadLine(), CultureInfo.InvariantCulture);
    }

    public void Predict(string way, Span<float> output)
    {
        WriteLine($"predict {way}");
        _from.ReadExactly(MemoryMarshal.AsBytes(output));
    }

    public void Dispose()
    {
        OtherLoad.Ours.Remove(_process);
        _to.Dispose();
        _process.WaitForExit();
        _process.Dispose();
    }

    private void WriteLine(FormattableString line)
    {
        _to.Write(Encoding.ASCII.GetBytes(FormattableString.Invariant(line) + "\n"));
        _to.Flush();
    }

    private void Write(ReadOnlySpan<float> values)
    {
        _to.Write(MemoryMarshal.AsBytes(values));
        _to.Flush();
    }

    /// <summary>Reads a line and nothing after it, where numbers may stand.</summary>
    private string ReadLine()
    {
        var line = new StringBuilder();
        for (int character = _from.ReadByte(); character != '\n'; character = _from.ReadByte())
        {
            if (character < 0)
                throw new InvalidDataException("PyTorch's process ended without an answer.");
            line.Append((char)character);
        }

        return line.ToString();
    }
}
