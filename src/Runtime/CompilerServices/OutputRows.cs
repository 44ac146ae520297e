using System.Buffers;
using System.ComponentModel;

namespace Fused.CompilerServices;

/// <summary>
/// The rows that a model of several outputs gives, in memory that is borrowed for the call, and what takes them apart. A row has a sample's outputs one
/// after the other.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct OutputRows
{
    private readonly float[] _array;

    /// <summary>Room for the rows of some samples.</summary>
    /// <param name="samples">How many.</param>
    /// <param name="outputLength">The values that one sample gives.</param>
    public OutputRows(int samples, int outputLength)
    {
        int length = checked(samples * outputLength);
        _array = ArrayPool<float>.Shared.Rent(length);
        Values = _array.AsSpan(0, length);
    }

    /// <summary>The rows.</summary>
    public Span<float> Values { get; }

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => ArrayPool<float>.Shared.Return(_array);

    /// <summary>The number of samples whose rows there are.</summary>
    /// <param name="model">The model's name, for the message.</param>
    /// <param name="outputLength">The values that one sample gives.</param>
    /// <param name="actual">The length of the rows.</param>
    /// <exception cref="ArgumentException">They are no whole number of rows.</exception>
    public static int Count(string model, int outputLength, int actual)
    {
        (int samples, int rest) = Math.DivRem(actual, outputLength);
        return rest == 0 ? samples : throw Misfit($"{model}: {actual} values are no whole number of rows; a row is ({outputLength}).", "rows");
    }

    /// <summary>Checks the length of what is to hold an output.</summary>
    /// <param name="model">The model's name, for the message.</param>
    /// <param name="output">The output's name, for the message.</param>
    /// <param name="parameter">What the caller knows it by.</param>
    /// <param name="samples">The number of samples.</param>
    /// <param name="length">The values of one sample.</param>
    /// <param name="actual">The length.</param>
    /// <exception cref="ArgumentException">It is not exactly what the samples need.</exception>
    public static void Check(string model, string output, string parameter, int samples, int length, int actual)
    {
        if (actual != (long)samples * length)
        {
            throw Misfit(
                $"{model}: {actual} values do not fit '{output}', which is ({samples}, {length}), {(long)samples * length} values.", parameter);
        }
    }

    /// <summary>Copies one output out of all rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="outputLength">The values of a row.</param>
    /// <param name="offset">Those before the output.</param>
    /// <param name="length">Those of the output.</param>
    /// <param name="output">Gets the output of each sample.</param>
    public static void Copy(ReadOnlySpan<float> rows, int outputLength, int offset, int length, Span<float> output)
    {
        for (; !rows.IsEmpty; rows = rows[outputLength..], output = output[length..])
            rows.Slice(offset, length).CopyTo(output);
    }

    // The arguments are those of what the user called, not those of what checks them.
    private static ArgumentException Misfit(string message, string argument) => new(message, argument);
}
