using System.Diagnostics;

namespace Fused.Generator.Diagnostics;

/// <summary>A fault of the compiler's in one model, which must not take the others' code away.</summary>
internal static class Failure
{
    private const int MostCharacters = 400;
    private const int MostFrames = 4;

    /// <summary>Whether an exception is a fault; a compiler that was told to stop has none.</summary>
    public static bool Is(Exception exception) => exception is not OperationCanceledException;

    /// <summary>
    /// What those who can mend it need to know, in one line and the same on every machine: the exception, and the methods that it came
    /// through, without their files.
    /// </summary>
    public static string Describe(Exception exception)
    {
        Exception cause = exception.GetBaseException();
        string message = cause.Message.Length <= MostCharacters ? cause.Message : cause.Message.Substring(0, MostCharacters) + "...";
        IEnumerable<string> frames = (new StackTrace(cause, fNeedFileInfo: false).GetFrames() ?? [])
            .Select(frame => frame.GetMethod())
            .Where(method => method is not null)
            .Take(MostFrames)
            .Select(method => $"{method.DeclaringType?.Name}.{method.Name}");
        string place = string.Join(" < ", frames);
        return $"{cause.GetType().Name}: {string.Join(" ", message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries))}{(place.Length == 0 ? "" : $" ({place})")}";
    }
}
