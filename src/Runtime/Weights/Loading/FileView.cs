namespace Fused;

/// <summary>The tensors of a file of which the names begin with a prefix, by what follows it.</summary>
internal sealed class FileView
{
    private readonly Dictionary<string, FileTensor> _byName = new(StringComparer.Ordinal);
    private readonly List<TensorInfo> _outside = [];

    public FileView(IReadOnlyList<TensorEntry> entries, string prefix)
    {
        string start = prefix.Replace('/', '.');
        var inside = new List<FileTensor>(entries.Count);
        foreach (TensorEntry entry in entries)
        {
            string name = TensorNames.Normalize(entry.Info.Name);
            if (!name.StartsWith(start, StringComparison.Ordinal))
            {
                _outside.Add(entry.Info);
                continue;
            }

            int end = start.Length > 0 && start[^1] != '.' && start.Length < name.Length && name[start.Length] == '.' ? start.Length + 1 : start.Length;
            var tensor = new FileTensor(entry, end == 0 ? name : name[end..]);
            inside.Add(tensor);
            if (_byName.TryGetValue(tensor.Name, out FileTensor? first))
                (tensor.Namesake, first.Namesake) = (first.Namesake, tensor);
            else
                _byName.Add(tensor.Name, tensor);
        }

        Tensors = inside;
    }

    /// <summary>The tensors, in the file's order.</summary>
    public IReadOnlyList<FileTensor> Tensors { get; }

    /// <summary>The tensors that nothing of the model is and that are worth a complaint.</summary>
    public IEnumerable<FileTensor> Unexpected => Tensors.Where(IsUnexpected);

    /// <summary>Those of them that hold floating-point values; what holds others, such as the state of a random generator, is no weight.</summary>
    public List<FileTensor> UnexpectedFloats() => [.. Unexpected.Where(tensor => SingleDecoder.CanDecode(tensor.Entry.Type.Kind))];

    /// <summary>How many there are of the unexpected.</summary>
    public int CountUnexpected()
    {
        int count = 0;
        foreach (FileTensor tensor in Tensors)
        {
            if (IsUnexpected(tensor))
                count++;
        }

        return count;
    }

    /// <summary>All tensors of the file that nothing of the model is.</summary>
    public List<TensorInfo> Unused()
    {
        var unused = new List<TensorInfo>();
        foreach (FileTensor tensor in Tensors)
        {
            if (!tensor.IsUsed)
                unused.Add(tensor.Info);
        }

        unused.AddRange(_outside);
        return unused;
    }

    /// <summary>The tensor of a normalised name, the first where several are spelled so.</summary>
    public FileTensor? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>All tensors of these names: two where the same tensor is there twice.</summary>
    public List<FileTensor> FindAll(string layer, TensorRole role)
    {
        var found = new List<FileTensor>();
        foreach (string word in TensorNames.Words(role))
            AddAll(TensorSpec.Join(layer, word), found);
        return found;
    }

    /// <summary>All tensors of a name.</summary>
    public List<FileTensor> FindAll(string name)
    {
        var found = new List<FileTensor>();
        AddAll(name, found);
        return found;
    }

    private static bool IsUnexpected(FileTensor tensor) => !tensor.IsUsed && !TensorNames.IsIgnored(tensor.Name);

    private void AddAll(string name, List<FileTensor> found)
    {
        for (FileTensor? tensor = Find(name); tensor is not null; tensor = tensor.Namesake)
            found.Add(tensor);
    }
}
