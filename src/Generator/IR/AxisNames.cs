namespace Fused.Generator.IR;

/// <summary>What stages call their axes. A stage's axis is known by what its indices do with it; the names are for people, and for what counts samples.</summary>
internal static class AxisNames
{
    /// <summary>The samples of a tile.</summary>
    public const string Sample = "n";

    /// <summary>Rows and columns of a map, or both as one.</summary>
    public const string Row = "h", Column = "w", Position = "p";

    /// <summary>Channels that are read, in groups where there are some, and outputs that are made of them.</summary>
    public const string Channel = "c", Group = "g", Output = "k";

    /// <summary>Rows and columns of a window.</summary>
    public const string WindowRow = "i", WindowColumn = "j";

    /// <summary>Elements of a transformed tile, each of which is a product with a matrix of its own.</summary>
    public const string Element = "e";

    /// <summary>Lanes of a vector, and what of several neighbours is meant.</summary>
    public const string Lane = "l", Multiple = "m";

    private static readonly HashSet<string> All =
        new([Sample, Row, Column, Position, Channel, Group, Output, WindowRow, WindowColumn, Element, Lane, Multiple], StringComparer.Ordinal);

    /// <summary>Whether some axis, or a loop that splits it (c1), has the name.</summary>
    public static bool Contains(string name) => All.Contains(name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9'));
}
