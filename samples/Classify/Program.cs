using Fused;
using Fused.Samples.Classify;

if (args is ["--help" or "-h"])
{
    Console.WriteLine(Options.Usage);
    return 0;
}

try
{
    if (Options.Parse(args) is { } options)
    {
        Demo.Run(options);
        return 0;
    }

    Console.Error.WriteLine(Options.Usage);
}
catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or InvalidDataException or FusedWeightsException)
{
    Console.Error.WriteLine($"Classify: {problem.Message}");
}

return 1;
