using System.Text;

namespace Fused.Testing.Networks.Real;

/// <summary>The layers of a network in the order of the source, written one by one.</summary>
internal sealed class Declaration
{
    private readonly StringBuilder _layers = new();

    /// <summary>Adds a layer by its attribute, without the brackets.</summary>
    public Declaration Add(string attribute)
    {
        _layers.Append('[').Append(attribute).Append("]\n");
        return this;
    }

    /// <summary>The declaration of a class with these layers, as a user would write it.</summary>
    public RealNetwork On(string name, int size) =>
        new(name, size, $"[FusedModel]\n[Input({size}, {size}, 3)]\n{_layers}public sealed partial class {name};\n");

    /// <summary>The arguments of a layer that has a name, or reads another layer than the one before.</summary>
    public static string Placed(string? name, string? from = null) =>
        (name is null ? "" : $", Name = \"{name}\"") + (from is null ? "" : $", From = \"{from}\"");
}
