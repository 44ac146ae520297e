using System.ComponentModel;
using System.Runtime.Intrinsics;

namespace Fused.CompilerServices;

/// <summary>
/// How features are stored, and how a kernel makes float32 of them in a register when it reads them. Implemented by structs, for each
/// of which a kernel is compiled of its own: nothing of the choice is left in the machine code.
/// </summary>
/// <typeparam name="TElement">What holds one feature.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[CLSCompliant(false)]
public interface IFeatures<TElement>
{
    /// <summary>16 neighbouring features as float32.</summary>
    /// <param name="source">The first feature of the memory.</param>
    /// <param name="index">The place of the first lane.</param>
    Vector512<float> Load512(ref TElement source, nuint index);

    /// <summary>8 neighbouring features as float32.</summary>
    /// <inheritdoc cref="Load512"/>
    Vector256<float> Load256(ref TElement source, nuint index);

    /// <summary>4 neighbouring features as float32.</summary>
    /// <inheritdoc cref="Load512"/>
    Vector128<float> Load128(ref TElement source, nuint index);

    /// <summary>One feature as float32.</summary>
    /// <param name="source">The first feature of the memory.</param>
    /// <param name="index">The feature's place.</param>
    float Load(ref TElement source, nuint index);

    /// <summary>
    /// Features as floats in memory, for who reads each of them many times: written to the target at the places that they have in the
    /// source, or the source itself where it is floats.
    /// </summary>
    /// <param name="source">The first feature of the memory.</param>
    /// <param name="target">Memory for as many floats.</param>
    /// <param name="start">The place of the first row's first feature.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="count">The features of a row.</param>
    /// <param name="pitch">The places from one row to the next.</param>
    /// <returns>The target, or the source.</returns>
    ref float Floats(ref TElement source, ref float target, nuint start, nuint rows, nuint count, nuint pitch);
}
