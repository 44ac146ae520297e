using System.Collections.Immutable;

namespace Fused.Samples.DogsVsCats;

/// <summary>Feature maps as a backbone left them in an npz file: <c>maps</c>, and where they are there, <c>label</c> and <c>name</c>.</summary>
internal sealed record FeatureMaps(float[] Maps, int Count, int[]? Labels, string[]? Names)
{
    /// <summary>Reads a file whose maps have the shape that the head declares.</summary>
    public static FeatureMaps Load(string path, string shape)
    {
        using TensorFile file = TensorFile.Open(path);
        TensorInfo maps = file.Tensors.FirstOrDefault(tensor => tensor.Name == "maps")
            ?? throw new InvalidDataException($"{path} has no array 'maps'; the README says how to export one.");
        if (maps.Shape.Length == 0 || Describe(maps.Shape.RemoveAt(0)) != shape)
            throw new InvalidDataException($"{path} holds {maps}; the head is declared for (n, ...) maps of {shape}.");

        int count = maps.Shape[0];
        if (count == 0)
            throw new InvalidDataException($"{path} holds no map.");

        int[]? labels = file.Tensors.Any(tensor => tensor.Name == "label") ? file.ReadInt32("label") : null;
        TensorInfo? names = file.Tensors.FirstOrDefault(tensor => tensor.Name == "name");
        if ((labels?.Length ?? count) != count || (names?.Shape.FirstOrDefault() ?? count) != count)
            throw new InvalidDataException($"{path} holds {count} maps, but another number of labels or names.");

        return new FeatureMaps(file.ReadSingle("maps"), count, labels, names is null ? null : NumPyStrings.Read(path, names));
    }

    private static string Describe(ImmutableArray<int> shape) => $"({string.Join(", ", shape)})";
}
