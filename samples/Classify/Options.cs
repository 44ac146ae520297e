using System.Globalization;

namespace Fused.Samples.Classify;

/// <summary>The networks of the sample.</summary>
internal enum Network
{
    /// <summary>Keras's MobileNet, version 1.</summary>
    MobileNet,

    /// <summary>Keras's ResNet50, version 1.</summary>
    ResNet50,
}

/// <summary>What the command line says; null where it says nothing.</summary>
internal sealed record Options(string? Photo, Network? Network, string? Weights, string? Labels, int Threads)
{
    public const string Usage = """
        Usage: Classify [PHOTO] [--network mobilenet|resnet50] [--weights FILE] [--labels FILE] [--threads N]

          PHOTO            a JPEG, PNG or BMP file; a picture drawn by the program unless given
          --network NAME   which network; one after the other unless given
          --weights FILE   the network's weights, .safetensors or .npz; random ones unless given. Needs --network
          --labels FILE    the names of the 1000 classes, one a line, in their order; numbers unless given
          --threads N      how many threads a prediction uses at most; as many as there are processors unless given
        """;

    /// <summary>Reads the command line; null where it makes no sense.</summary>
    public static Options? Parse(string[] args)
    {
        var options = new Options(null, null, null, null, FusedOptions.Default.MaxDegreeOfParallelism);
        for (int i = 0; i < args.Length; i++)
        {
            switch (args.AsSpan(i))
            {
                case ["--network", var name, ..] when Enum.TryParse(name, ignoreCase: true, out Network network) && Enum.IsDefined(network):
                    options = options with { Network = network };
                    i++;
                    break;
                case ["--weights", var path, ..]:
                    options = options with { Weights = path };
                    i++;
                    break;
                case ["--labels", var path, ..]:
                    options = options with { Labels = path };
                    i++;
                    break;
                case ["--threads", var number, ..] when int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int threads) && threads > 0:
                    options = options with { Threads = threads };
                    i++;
                    break;
                case [var path, ..] when options.Photo is null && !path.StartsWith("--", StringComparison.Ordinal):
                    options = options with { Photo = path };
                    break;
                default:
                    return null;
            }
        }

        return options.Weights is null || options.Network is not null ? options : null;
    }
}
