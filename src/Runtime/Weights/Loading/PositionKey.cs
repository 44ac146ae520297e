using System.Text;

namespace Fused;

/// <summary>
/// What orders a tensor among others by its name: the layer before the last point, then the number in its last part, then the rest of it
/// without the word that tells what it is (<c>hidden_W</c>, <c>hidden_b</c>), then that word: weights, a separable convolution's second
/// ones, biases, scales, shifts, means, variances.
/// </summary>
internal sealed class PositionKey : IComparable<PositionKey>
{
    private readonly string _layer;
    private readonly string _number = "";
    private readonly string _stem;
    private readonly int _rank;

    public PositionKey(FileTensor tensor)
    {
        Tensor = tensor;
        _layer = TensorNames.Layer(tensor.Name);
        var stem = new StringBuilder();
        ReadOnlySpan<char> rest = TensorNames.Word(tensor.Name);
        if (rest.SequenceEqual(TensorNames.DepthwiseKernel) || rest.SequenceEqual(TensorNames.PointwiseKernel))
        {
            // Which it is is no part of a stem, by which its bias would come before it.
            _rank = rest.SequenceEqual(TensorNames.DepthwiseKernel) ? Rank("kernel") : Rank("kernel") + 1;
            rest = [];
        }

        while (!rest.IsEmpty)
        {
            int length = RunLength(rest);
            string run = rest[..length].ToString();
            rest = rest[length..];
            if (char.IsAsciiDigit(run[0]) && _number.Length == 0)
                _number = run;
            else if (_rank == 0 && Rank(run) is int rank and > 0)
                _rank = rank;
            else if (run[0] != '_')
                stem.Append(run).Append(' ');
        }

        _stem = stem.ToString();
    }

    public FileTensor Tensor { get; }

    public int CompareTo(PositionKey? other)
    {
        int layer = Compare(_layer, other!._layer);
        int number = layer != 0 ? layer : Compare(_number, other._number);
        int stem = number != 0 ? number : Compare(_stem, other._stem);
        int rank = stem != 0 ? stem : _rank.CompareTo(other._rank);
        return rank != 0 ? rank : string.CompareOrdinal(Tensor.Name, other.Tensor.Name);
    }

    /// <summary>Compares names as people do, numbers by their value: of two that begin alike the shorter comes first.</summary>
    private static int Compare(string first, string second)
    {
        ReadOnlySpan<char> a = first, b = second;
        while (!a.IsEmpty && !b.IsEmpty)
        {
            int difference, lengthA = 1, lengthB = 1;
            if (char.IsAsciiDigit(a[0]) && char.IsAsciiDigit(b[0]))
            {
                (lengthA, lengthB) = (RunLength(a), RunLength(b));
                ReadOnlySpan<char> valueA = a[..lengthA].TrimStart('0'), valueB = b[..lengthB].TrimStart('0');
                difference = valueA.Length != valueB.Length ? valueA.Length - valueB.Length : valueA.SequenceCompareTo(valueB);
            }
            else
            {
                // A point ends a name, so that it comes before whatever goes on.
                difference = (a[0] == '.' ? 0 : a[0]) - (b[0] == '.' ? 0 : b[0]);
            }

            if (difference != 0)
                return difference;
            a = a[lengthA..];
            b = b[lengthB..];
        }

        return a.Length - b.Length;
    }

    /// <summary>The length of the digits, of the letters of one word (<c>hiddenW</c> has two), or of the other characters in front.</summary>
    private static int RunLength(ReadOnlySpan<char> text)
    {
        int length = 1;
        while (length < text.Length && Kind(text[length]) == Kind(text[0]) && !(char.IsUpper(text[length]) && char.IsLower(text[length - 1])))
            length++;
        return length;
    }

    private static int Kind(char c) => char.IsAsciiDigit(c) ? 0 : char.IsLetter(c) ? 1 : 2;

    private static int Rank(string word) => word.ToUpperInvariant() switch
    {
        "W" or "WEIGHT" or "WEIGHTS" or "KERNEL" or "COEF" or "COEFS" or "THETA" => 1,
        "B" or "BIAS" or "BIASES" or "INTERCEPT" or "INTERCEPTS" => 3,
        "GAMMA" or "SCALE" => 4,
        "BETA" or "SHIFT" => 5,
        "MEAN" => 6,
        "VAR" or "VARIANCE" => 7,
        _ => 0,
    };
}
