namespace Fused.Samples.DogsVsCats;

/// <summary>What to predict on beside the CPU.</summary>
internal enum DeviceChoice
{
    /// <summary>Nothing.</summary>
    Cpu,

    /// <summary>The best GPU; there has to be one.</summary>
    Gpu,

    /// <summary>The first OpenCL device, be it a driver for CPUs; there has to be one.</summary>
    OpenCl,

    /// <summary>The best GPU, if there is one.</summary>
    All,
}

/// <summary>The files that the sample reads. <see cref="Reference"/> is null where there is nothing to compare with.</summary>
internal sealed record Options(string Features, string Weights, string? Reference, DeviceChoice Device)
{
    public const string Usage = """
        Usage: DogsVsCats [--features PATH] [--weights PATH] [--device cpu|gpu|opencl|all]

          --features PATH   maps (n, 7, 7, 256) in an .npz file; the project's 370 photos unless given
          --weights PATH    the head's weights, .safetensors or .npz; the project's trained head unless given
          --device NAME     where to predict; the CPU unless given. A GPU's answers are compared with the CPU's:
                            gpu is the best GPU, opencl the first OpenCL device, all the best GPU if there is one
        """;

    private const string Folder = "shared/data/dogs-vs-cats";

    /// <summary>Reads the command line; null where it makes no sense.</summary>
    /// <exception cref="DirectoryNotFoundException">A path is left out, and the project's data are not on this machine.</exception>
    public static Options? Parse(string[] args)
    {
        string? features = null;
        string? weights = null;
        DeviceChoice device = DeviceChoice.Cpu;
        for (int i = 0; i < args.Length; i += 2)
        {
            switch (args.AsSpan(i))
            {
                case ["--features", var path, ..]:
                    features = path;
                    break;
                case ["--weights", var path, ..]:
                    weights = path;
                    break;
                case ["--device", var name, ..] when Enum.TryParse(name, ignoreCase: true, out device) && Enum.IsDefined(device):
                    break;
                default:
                    return null;
            }
        }

        if (features is not null && weights is not null)
            return new Options(features, weights, Reference: null, device);

        string folder = FindFolder();
        return new Options(
            features ?? Path.Combine(folder, "features.npz"),
            weights ?? Path.Combine(folder, "head.safetensors"),
            features is null && weights is null ? Path.Combine(folder, "expected.npz") : null,
            device);
    }

    // The data lie beside the repository, and are no part of it.
    private static string FindFolder()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, Folder);
            if (Directory.Exists(candidate))
                return candidate;
        }

        throw new DirectoryNotFoundException(
            $"The project's photos are not on this machine: no folder above {AppContext.BaseDirectory} has {Folder}.\n" +
            "Give --features and --weights; the README says how to make both.");
    }
}
