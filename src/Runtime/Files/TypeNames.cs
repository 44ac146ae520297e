using System.Globalization;

namespace Fused;

/// <summary>Says what the type of a tensor is that cannot be read, in the words of those who wrote the file.</summary>
internal static class TypeNames
{
    /// <summary>A sentence about a tensor whose type a decoder does not read.</summary>
    /// <param name="entry">The tensor.</param>
    /// <param name="purpose">What cannot be done with it: <c>read</c>, <c>loaded</c>.</param>
    public static string Refuse<TDecoder, T>(TensorEntry entry, string purpose)
        where TDecoder : IElementDecoder<T>
    {
        string name = Quoted.Name(entry.Info.Name), type = Quoted.Text(entry.Info.DType);
        if (!entry.IsNumPy)
            return $"{name} has type {type}; {TDecoder.Supported} can be {purpose}";
        if (IsObjects(entry.Info.DType))
        {
            return $"{name} has type {type}: Python objects, which are pickled, and {Export.NeverUnpickled}: "
                + "save arrays of numbers; of a list of arrays, np.savez(\"head.npz\", *arrays) saves each";
        }

        (string described, bool isReal) = Describe(entry.Info.DType);
        string advice = isReal ? $": save {(TDecoder.SupportedInNumPy.StartsWith("float", StringComparison.Ordinal) ? "x.astype(\"float32\")" : "x.astype(\"int32\")")}" : "";
        return $"{name} has type {type}{described}; {TDecoder.SupportedInNumPy} can be {purpose}{advice}";
    }

    private static bool IsObjects(string descr) => descr.TrimStart('<', '>', '|', '=') is "O" or "O4" or "O8";

    /// <summary>
    /// NumPy's name for a type, and whether it is of real numbers. Source: "Array interface", typestr, and "Scalars", both in NumPy's
    /// reference.
    /// </summary>
    private static (string Described, bool IsReal) Describe(string descr)
    {
        string code = descr.TrimStart('<', '>', '|', '=');
        if (code.Length < 2 || !int.TryParse(code.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int size) || size > 1 << 20)
            return ("", false);

        string bits = (8 * size).ToString(CultureInfo.InvariantCulture);
        return code[0] switch
        {
            // What C calls so has 80 bits on most machines, and is padded to 12 or 16 bytes.
            'f' when size > 8 => ($", NumPy's longdouble (float{bits})", true),
            'f' => ($" (float{bits})", true),
            'i' => ($" (int{bits})", true),
            'u' => ($" (uint{bits})", true),
            'b' => (" (bool)", true),
            'c' => ($" (complex{bits})", false),
            'U' => (", text", false),
            'S' or 'a' => (", bytes of text", false),
            'M' or 'm' => (", dates or times", false),
            'V' => (", bytes without a type", false),
            _ => ("", false),
        };
    }
}
