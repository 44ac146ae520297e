using System.Collections.Immutable;
using Fused.Generator.Computing;
using Fused.Generator.Graph;

namespace Fused.Generator.Emit;

/// <summary>What a model's members say of one of several outputs.</summary>
/// <param name="Name">What the declaration calls it.</param>
/// <param name="Parameter">What code calls it: a name that no other output has.</param>
/// <param name="Shape">Its shape; null where a broken declaration does not tell.</param>
/// <param name="Offset">The values before it in a sample's row.</param>
/// <param name="HasLabels">Whether its values have names.</param>
internal sealed record OutputFacts(string Name, string Parameter, Shape? Shape, int Offset, bool HasLabels)
{
    /// <summary>What else the methods that take outputs call by names.</summary>
    private static readonly ImmutableArray<string> Others = ["input", "quantization", "rows", "samples"];

    /// <summary>What the names of its constants begin with.</summary>
    public string Stem => char.ToUpperInvariant(Parameter[0]) + Parameter.Substring(1);

    /// <summary>The number of its values; 1 where that is not known.</summary>
    public int Length => Shape?.Length ?? 1;

    public static ImmutableArray<OutputFacts> Of(ImmutableArray<NetworkOutput> outputs, string? labeled)
    {
        ImmutableArray<string> names = Identifiers(outputs.Select(output => output.Name));
        return [.. outputs.Select((output, i) => new OutputFacts(output.Name, names[i], output.Shape, output.Offset, output.Name == labeled))];
    }

    /// <summary>Those of a model that is not compiled.</summary>
    public static ImmutableArray<OutputFacts> Of(IReadOnlyList<string> outputs, string? labeled)
    {
        ImmutableArray<string> names = Identifiers(outputs);
        return [.. outputs.Select((output, i) => new OutputFacts(output, names[i], Shape: null, Offset: i, output == labeled))];
    }

    private static ImmutableArray<string> Identifiers(IEnumerable<string> names)
    {
        var taken = new HashSet<string>(Others, StringComparer.Ordinal);
        return [.. names.Select(name => Unique(LayerIdentifier.Of(name)))];

        string Unique(string name)
        {
            string stem = Others.Contains(name) ? name + "Output" : name, unique = stem;
            for (int i = 2; !taken.Add(unique); i++)
            {
                unique = stem + Literals.Int(i);
            }

            return unique;
        }
    }
}
