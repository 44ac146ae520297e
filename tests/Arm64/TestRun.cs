using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Fused.Arm64;

/// <summary>
/// All tests of an assembly, run in this process: dotnet test would start its host by a dotnet command, which for another processor's
/// runtime does not come from a package. Prints what fails and what is skipped, and the totals as dotnet test does.
/// </summary>
internal sealed class TestRun : IMessageSink
{
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private int _passed;
    private int _failed;
    private int _skipped;

    /// <summary>Gives the exit code.</summary>
    public static int Of(Assembly tests)
    {
        var run = new TestRun();
        using var framework = new XunitTestFramework(run);
        using ITestFrameworkExecutor executor = framework.GetExecutor(tests.GetName());
        var started = DateTime.UtcNow;
        executor.RunAll(run, new TestOptions(), new TestOptions());
        run._finished.Task.Wait();
        string word = run is { _failed: 0, _passed: > 0 } ? "Passed!" : "Failed!";
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{word}  - Failed: {run._failed}, Passed: {run._passed}, Skipped: {run._skipped}, Total: {run._failed + run._passed + run._skipped}, Duration: {(DateTime.UtcNow - started).TotalSeconds:F0} s - {tests.GetName().Name}.dll ({RuntimeInformation.ProcessArchitecture}, {RuntimeInformation.FrameworkDescription})"));
        return word == "Passed!" ? 0 : 1;
    }

    public bool OnMessage(IMessageSinkMessage message)
    {
        lock (_lock)
        {
            switch (message)
            {
                case ITestPassed:
                    _passed++;
                    break;
                case ITestSkipped skipped:
                    _skipped++;
                    Console.WriteLine($"  Skipped {skipped.Test.DisplayName}: {skipped.Reason}");
                    break;

                // Tests, and what fails when a class or a collection is made or cleaned up.
                case IFailureInformation failure:
                    _failed++;
                    string name = failure is ITestMessage test ? test.Test.DisplayName : failure.GetType().Name;
                    Console.WriteLine($"  Failed {name}\n    {string.Join("\n    ", failure.Messages)}\n    {string.Join("\n    ", failure.StackTraces)}");
                    break;
                case ITestAssemblyFinished:
                    _finished.SetResult();
                    break;
            }
        }

        return true;
    }
}
