using DiffEngine;

namespace Fused.Testing.Snapshots;

/// <summary>
/// Opens a difference in the developer's own tool, where there is a developer: not on build servers, which DiffEngine
/// recognises, and not without a screen.
/// </summary>
internal static class DifferenceViewer
{
    private static bool HasScreen =>
        !OperatingSystem.IsLinux()
        || Environment.GetEnvironmentVariable("DISPLAY") is { Length: > 0 }
        || Environment.GetEnvironmentVariable("WAYLAND_DISPLAY") is { Length: > 0 };

    public static async Task Show(string received, string verified)
    {
        if (HasScreen && !DiffRunner.Disabled && !BuildServerDetector.Detected)
            await DiffRunner.LaunchForTextAsync(received, verified);
    }
}
