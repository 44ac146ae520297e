using Fused;
using Fused.Samples.Digits;
using Fused.Samples.Digits.Training;

const string Usage = """
    Usage: Digits [--train]

      (nothing)  predict the held-out digits with both trained heads; compare accuracy, size and time
      --train    train both heads and write their weights to the sample's weights folder (two minutes)
    """;

try
{
    switch (args)
    {
        case []:
            Demo.Run(LoadData().HeldOut, Path.Combine(AppContext.BaseDirectory, "weights"));
            return 0;
        case ["--train"]:
            (DigitSet training, DigitSet heldOut) = LoadData();
            Trainer.Run(training, heldOut, Path.Combine(SourceFolder(), "weights"));
            return 0;
        case ["--help" or "-h"]:
            Console.WriteLine(Usage);
            return 0;
        default:
            Console.Error.WriteLine(Usage);
            return 1;
    }
}
catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or InvalidDataException or FusedWeightsException)
{
    Console.Error.WriteLine($"Digits: {problem.Message}");
    return 1;
}

static (DigitSet Training, DigitSet HeldOut) LoadData() =>
    DigitsData.Load(Path.Combine(AppContext.BaseDirectory, "data", "digits.csv.gz"));

// Weights are made for the repository: they go beside the source, and from there into every build.
static string SourceFolder()
{
    for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
    {
        if (File.Exists(Path.Combine(folder.FullName, "Digits.csproj")))
            return folder.FullName;
    }

    throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds Digits.csproj, beside which weights are kept.");
}
