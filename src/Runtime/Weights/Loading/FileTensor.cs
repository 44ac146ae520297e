namespace Fused;

/// <summary>A tensor of the file that a model is loaded from, as its names are compared.</summary>
/// <param name="entry">Where it is.</param>
/// <param name="name">The name, normalised, after the prefix.</param>
internal sealed class FileTensor(TensorEntry entry, string name)
{
    public TensorEntry Entry { get; } = entry;

    public TensorInfo Info => Entry.Info;

    public string Name { get; } = name;

    /// <summary>The name in quotes, as the file has it.</summary>
    public string Quoted => Fused.Quoted.Name(Info.Name);

    /// <summary>Another tensor whose name is the same once it is normalised.</summary>
    public FileTensor? Namesake { get; set; }

    /// <summary>Whether a tensor of the model is this one.</summary>
    public bool IsUsed { get; set; }
}
