using System.Collections.Immutable;
using Buffer = Fused.Generator.IR.Buffer;

namespace Fused.Kernel.Tests.Lowering;

/// <summary>
/// A thread's scratch memory, in which each buffer has its place, and may share it with others; and the outputs of a tile. It holds NaN before
/// the first tile.
/// </summary>
internal sealed class Arena
{
    private readonly ImmutableArray<(Buffer Buffer, int Offset)> _places;

    /// <param name="places">Where each buffer starts.</param>
    /// <param name="length">Elements in all.</param>
    public Arena(ImmutableArray<(Buffer Buffer, int Offset)> places, int length)
    {
        _places = places;
        Values = new float[length];
        Owners = new string?[length];
        Array.Fill(Values, float.NaN);
    }

    public float[] Values { get; }

    /// <summary>The buffer that each element was last written as; null where that was for a tile before, or never.</summary>
    public string?[] Owners { get; }

    public float[] Outputs { get; private set; } = [];

    /// <summary>The same as <see cref="Owners"/> of the outputs.</summary>
    public string?[] OutputOwners { get; private set; } = [];

    /// <summary>Begins a tile: what the one before has left is there, and nobody may count on it.</summary>
    public void Begin(int outputs)
    {
        Array.Clear(Owners);
        Outputs = new float[outputs];
        OutputOwners = new string?[outputs];
        Array.Fill(Outputs, float.NaN);
    }

    /// <exception cref="InvalidOperationException">The buffer ends beyond the memory.</exception>
    public int StartOf(Buffer buffer)
    {
        int start = _places.First(place => place.Buffer == buffer).Offset;
        return start + buffer.Length <= Values.Length ? start
            : throw new InvalidOperationException($"{buffer.Name} ends at {start + buffer.Length}, beyond the {Values.Length} elements that there are.");
    }
}
