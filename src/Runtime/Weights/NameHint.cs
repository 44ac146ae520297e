namespace Fused;

/// <summary>Finds what a missing tensor may be called in the file: a typing error, or the right tensor of a layer named otherwise.</summary>
internal static class NameHint
{
    // Names are compared letter by letter; longer ones are nobody's typing error.
    private const int MaxLength = 200;

    /// <summary>The name that is most like one of the tensor's spellings, if any is like it.</summary>
    public static string? Closest(TensorSpec spec, IEnumerable<TensorInfo> candidates)
    {
        string? closest = null;
        int least = int.MaxValue;
        foreach (TensorInfo candidate in candidates.Where(c => c.Name.Length <= MaxLength))
        {
            foreach (string spelling in TensorNames.Spellings(spec))
            {
                string name = TensorNames.Normalize(candidate.Name);
                int distance = Distance(spelling, name);
                bool alike = distance <= Math.Max(2, spelling.Length / 4) || (SameEnding(spelling, name) && SameLength(spec, candidate));
                if (alike && distance < least)
                    (closest, least) = (candidate.Name, distance);
            }
        }

        return closest;
    }

    private static bool SameEnding(string a, string b) =>
        a.AsSpan(a.LastIndexOf('.') + 1).SequenceEqual(b.AsSpan(b.LastIndexOf('.') + 1));

    // The same count of values, in whatever order the axes are.
    private static bool SameLength(TensorSpec spec, TensorInfo info) =>
        info.Shape.Length == spec.Shape.Length && TensorShape.Count(info.Shape) == spec.Length;

    /// <summary>The fewest insertions, deletions and substitutions that make one of the other (Levenshtein 1966), row by row.</summary>
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0]++;
            for (int j = 1; j <= b.Length; j++)
            {
                int substitution = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
