using System.Globalization;
using Fused.Generator.Graph;
using Fused.Generator.IR;

namespace Fused.Generator.Computing;

/// <summary>Makes the buffers of a computation, each with a name of its own.</summary>
/// <param name="rows">Samples of the tile.</param>
internal sealed class BufferNames(int rows)
{
    private readonly HashSet<string> _names = new(["x", "y", "features"], StringComparer.Ordinal); // the last is what reads x

    /// <summary>Memory for a row of values of each sample.</summary>
    public Buffer Scratch(string name, int length)
    {
        int pitch = Padding.Pitch(length);
        return new Buffer(Unique(name), BufferScope.Scratch, pitch, checked(pitch * rows));
    }

    /// <summary>Memory for values in their shape's own order, with room for the last vector to run over.</summary>
    public View Row(string name, Shape shape) => View.Contiguous(shape, Scratch(name, Padding.Row(shape.Length)));

    /// <summary>Memory for a map whose channels have unit stride, with a halo around it.</summary>
    public View Map(string name, Shape shape, Margins halo, float fill) =>
        View.Haloed(shape, Scratch(name, View.HaloedLength(shape, halo)), halo, fill);

    /// <summary>Weights that the values of a layer are multiplied with, or that are added to them.</summary>
    /// <param name="id">What the names of the layer's buffers begin with.</param>
    /// <param name="part">What they are to the layer, a capital first.</param>
    /// <param name="length">Their number, with room for the last vector.</param>
    /// <param name="pitch">Of a matrix: its columns.</param>
    public Buffer Weights(string id, string part, int length, int? pitch = null) =>
        new(Unique(id + part), BufferScope.Weights, pitch ?? length, length) { Part = char.ToLowerInvariant(part[0]) + part.Substring(1) };

    public string Unique(string name)
    {
        string stem = IsTaken(name) ? name + "Values" : name, unique = stem;
        for (int i = 2; !_names.Add(unique); i++)
        {
            unique = stem + i.ToString(CultureInfo.InvariantCulture);
        }

        return unique;
    }

    /// <summary>Whether axes, with the loops that split them, or accumulators have such names: n, c1, acc0, accSum.</summary>
    private static bool IsTaken(string name)
    {
        string stem = name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        return AxisNames.Contains(name) || stem == "acc" || (stem.StartsWith("acc", StringComparison.Ordinal) && char.IsUpper(stem[3]));
    }
}
