using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Fused.Generator.IR;

/// <summary>
/// An index into a buffer: a constant plus multiples of loop variables, counted in elements. All that the layers address is
/// of this form, and it makes splitting, unrolling and vectorising exact instead of a matter of algebraic luck.
/// </summary>
internal sealed record Affine
{
    /// <summary>Coefficients by variable, sorted by name, none of them zero.</summary>
    private readonly ImmutableArray<(string Variable, int Coefficient)> _terms;

    private Affine(ImmutableArray<(string, int)> terms, int constant)
    {
        _terms = terms;
        Offset = constant;
    }

    /// <summary>The constant part.</summary>
    public int Offset { get; }

    public ImmutableArray<(string Variable, int Coefficient)> Terms => _terms;

    public bool IsConstant => _terms.IsEmpty;

    public static Affine Constant(int value) => new([], value);

    public static Affine Variable(string name) => new([(name, 1)], 0);

    public int Coefficient(string variable)
    {
        foreach (var (name, coefficient) in _terms)
        {
            if (name == variable)
            {
                return coefficient;
            }
        }

        return 0;
    }

    /// <summary>This index with <paramref name="value"/> in the place of <paramref name="variable"/>.</summary>
    public Affine Substitute(string variable, Affine value)
    {
        int coefficient = Coefficient(variable);
        return coefficient == 0 ? this : Without(variable) + (value * coefficient);
    }

    private Affine Without(string variable) => new(_terms.RemoveAll(t => t.Variable == variable), Offset);

    public static Affine operator +(Affine left, Affine right)
    {
        if (right._terms.IsEmpty)
        {
            return right.Offset == 0 ? left : new(left._terms, checked(left.Offset + right.Offset));
        }

        var sum = ImmutableArray.CreateBuilder<(string, int)>(left._terms.Length + right._terms.Length);
        int i = 0, j = 0;
        while (i < left._terms.Length || j < right._terms.Length)
        {
            int order = i == left._terms.Length ? 1
                : j == right._terms.Length ? -1
                : string.CompareOrdinal(left._terms[i].Variable, right._terms[j].Variable);
            if (order == 0)
            {
                int coefficient = checked(left._terms[i].Coefficient + right._terms[j].Coefficient);
                if (coefficient != 0)
                {
                    sum.Add((left._terms[i].Variable, coefficient));
                }

                i++;
                j++;
            }
            else
            {
                sum.Add(order < 0 ? left._terms[i++] : right._terms[j++]);
            }
        }

        return new(sum.ToImmutable(), checked(left.Offset + right.Offset));
    }

    public static Affine operator +(Affine left, int right) => left + Constant(right);

    public static Affine operator *(Affine left, int factor) => factor switch
    {
        0 => Constant(0),
        1 => left,
        _ => new([.. left._terms.Select(t => (t.Variable, checked(t.Coefficient * factor)))], checked(left.Offset * factor)),
    };

    public bool Equals(Affine? other) => other is not null && Offset == other.Offset && _terms.SequenceEqual(other._terms);

    public override int GetHashCode()
    {
        int hash = Offset;
        foreach (var (variable, coefficient) in _terms)
        {
            hash = (hash * 31) + (variable.GetHashCode() ^ coefficient);
        }

        return hash;
    }

    /// <summary>As C# reads it: <c>n * 2064 + c + 16</c>; largest coefficients first, so that it reads from the outside in.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (variable, coefficient) in _terms.Length < 2
            ? _terms
            : _terms.Sort(static (a, b) => a.Coefficient != b.Coefficient
                ? b.Coefficient.CompareTo(a.Coefficient)
                : string.CompareOrdinal(a.Variable, b.Variable)))
        {
            text.Append(text.Length == 0 ? "" : " + ").Append(variable);
            if (coefficient != 1)
            {
                text.Append(" * ").Append(coefficient.ToString(CultureInfo.InvariantCulture));
            }
        }

        if (Offset != 0 || text.Length == 0)
        {
            text.Append(text.Length == 0 ? "" : " + ").Append(Offset.ToString(CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }
}
