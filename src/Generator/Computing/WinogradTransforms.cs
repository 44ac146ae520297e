using System.Collections.Immutable;
using Fused.Generator.IR;

namespace Fused.Generator.Computing;

/// <summary>
/// The transforms of Winograd's F(m, 3) along one axis: m outputs of a window of 3 are A^T ((B^T x) * (G w)), of m + 2 inputs. Source: Lavin and
/// Gray, "Fast algorithms for convolutional neural networks", 2016, section 4; G is the runtime's <c>WinogradParameters</c>.
/// </summary>
/// <param name="Inputs">B^T: (m + 2, m + 2).</param>
/// <param name="Outputs">A^T: (m, m + 2).</param>
internal sealed record WinogradTransforms(ImmutableArray<ImmutableArray<int>> Inputs, ImmutableArray<ImmutableArray<int>> Outputs)
{
    private static readonly WinogradTransforms OfTwo = new(
        [[1, 0, -1, 0], [0, 1, 1, 0], [0, -1, 1, 0], [0, 1, 0, -1]],
        [[1, 1, 1, 0], [0, 1, -1, -1]]);

    private static readonly WinogradTransforms OfFour = new(
        [[4, 0, -5, 0, 1, 0], [0, -4, -4, 1, 1, 0], [0, 4, -4, -1, 1, 0], [0, -2, -1, 2, 1, 0], [0, 2, -1, -2, 1, 0], [0, 4, 0, -5, 0, 1]],
        [[1, 1, 1, 1, 1, 0], [0, 1, -1, 2, -2, 0], [0, 1, 1, 4, 4, 0], [0, 1, -1, 8, -8, 1]]);

    /// <summary>Those of tiles with a side of 2 or 4.</summary>
    public static WinogradTransforms Of(int side) => side == 2 ? OfTwo : OfFour;

    /// <summary>A row of a transform: the weighted sum of some values.</summary>
    public static Expr Sum(ImmutableArray<int> row, Func<int, Expr> value)
    {
        Expr? sum = null;
        foreach (int i in Enumerable.Range(0, row.Length).Where(i => row[i] != 0).OrderBy(i => row[i] < 0).ThenBy(i => Math.Abs(row[i])))
        {
            Expr term = Math.Abs(row[i]) == 1 ? value(i) : value(i) * new FloatConstant(row[i]);
            sum = sum is null ? row[i] == -1 ? new FloatConstant(0) - term : term : row[i] == -1 ? sum - term : sum + term;
        }

        return sum!;
    }
}
