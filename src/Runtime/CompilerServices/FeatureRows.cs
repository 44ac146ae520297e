using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fused.CompilerServices;

/// <summary>Makes floats of rows of features.</summary>
internal static class FeatureRows
{
    /// <summary>Converts rows to the places that they have in the source; see <see cref="IFeatures{TElement}.Floats"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Convert<TFeatures, TElement>(
        TFeatures features, ref TElement source, ref float target, nuint start, nuint rows, nuint count, nuint pitch)
        where TFeatures : struct, IFeatures<TElement>
    {
        for (nuint row = 0; row < rows; row++)
        {
            nuint i = start + (row * pitch), end = i + count;
            if (Vector512.IsHardwareAccelerated)
            {
                for (; i + 16 <= end; i += 16)
                    features.Load512(ref source, i).StoreUnsafe(ref target, i);
            }

            if (Vector256.IsHardwareAccelerated)
            {
                for (; i + 8 <= end; i += 8)
                    features.Load256(ref source, i).StoreUnsafe(ref target, i);
            }

            if (Vector128.IsHardwareAccelerated)
            {
                for (; i + 4 <= end; i += 4)
                    features.Load128(ref source, i).StoreUnsafe(ref target, i);
            }

            for (; i < end; i++)
                Unsafe.Add(ref target, i) = features.Load(ref source, i);
        }
    }
}
