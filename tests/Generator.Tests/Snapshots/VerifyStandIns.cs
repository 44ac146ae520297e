namespace Fused.Generator.Tests.Snapshots;

/// <summary>
/// What <c>-p:SnapshotEngine=Verify</c> needs of Verify's packages, as source text: the members that the seam uses, with the signatures of
/// Verify and Verify.Xunit 31.12.5, and what could be chosen in their place. They note what they are given, and compare nothing.
/// </summary>
/// <remarks>
/// Read in github.com/VerifyTests/Verify at 43cb4f461, where the version became 31.12.5: src/Verify.Xunit/Verifier.cs and Verifier_*.cs,
/// src/Verify/Target.cs, SettingsTask.cs, VerifierSettings.cs and VerifyResult.cs; the usings in
/// src/Verify/buildTransitive/Verify.props and src/Verify.Xunit/buildTransitive/Verify.Xunit.props.
/// </remarks>
internal static class VerifyStandIns
{
    /// <summary>The usings that the packages' props add to a project with implicit usings.</summary>
    public const string Usings = """
        global using VerifyTests;
        global using VerifyXunit;
        global using Xunit;
        global using static VerifyXunit.Verifier;
        """;

    public const string Types = """
        using System.Runtime.CompilerServices;
        using System.Text;
        using EmptyFiles;

        namespace Xunit
        {
            public static class Assert;
        }

        namespace VerifyTests
        {
            public class VerifySettings;

            public class VerifyResult;

            public readonly struct Target
            {
                public Target(string extension, Stream data, string? name = null, bool performConversion = true) =>
                    throw new InvalidOperationException("A stream is for what is no text.");

                public Target(string extension, StringBuilder data, string? name = null)
                    : this(extension, data.ToString(), name)
                {
                }

                public Target(string extension, string data, string? name = null)
                {
                    if (extension != "noextension" && !FileExtensions.IsTextExtension(extension))
                        throw new InvalidOperationException($"{extension} is no extension of a text.");

                    (Extension, Data, Name) = (extension, data, name);
                }

                public string Extension { get; }

                public string Data { get; }

                public string? Name { get; }
            }

            public static class VerifierSettings
            {
                public static bool HasByteOrderMark { get; private set; } = true;

                public static void UseUtf8NoBom() => HasByteOrderMark = false;
            }

            public class SettingsTask(string sourceFile, IEnumerable<Target> targets)
            {
                public static List<string> Log { get; } = [];

                private string? _typeName;
                private string? _methodName;

                public SettingsTask UseTypeName(string name)
                {
                    _typeName = name;
                    return this;
                }

                public SettingsTask UseMethodName(string name)
                {
                    _methodName = name;
                    return this;
                }

                public Task<VerifyResult> ToTask()
                {
                    foreach (Target target in targets)
                        Log.Add($"{Path.GetDirectoryName(sourceFile)}|{_typeName}.{_methodName}|{target.Name}|{target.Extension}|{target.Data}|{VerifierSettings.HasByteOrderMark}");

                    return Task.FromResult(new VerifyResult());
                }

                public TaskAwaiter<VerifyResult> GetAwaiter() => ToTask().GetAwaiter();

                public static implicit operator Task<VerifyResult>(SettingsTask task) => task.ToTask();
            }
        }

        namespace VerifyXunit
        {
            public static class Verifier
            {
                public static SettingsTask Verify(
                    object? target, IEnumerable<Target> rawTargets, VerifySettings? settings = null, [CallerFilePath] string sourceFile = "") => Wrong();

                public static SettingsTask Verify(IEnumerable<Target> targets, VerifySettings? settings = null, [CallerFilePath] string sourceFile = "") =>
                    new(sourceFile, targets);

                public static SettingsTask Verify(Target target, VerifySettings? settings = null, [CallerFilePath] string sourceFile = "") => Wrong();

                public static SettingsTask Verify<T>(Task<T> target, VerifySettings? settings = null, [CallerFilePath] string sourceFile = "") => Wrong();

                public static SettingsTask Verify<T>(IAsyncEnumerable<T> target, VerifySettings? settings = null, [CallerFilePath] string sourceFile = "") => Wrong();

                public static SettingsTask Verify(object? target, VerifySettings? settings = null, [CallerFilePath] string sourceFile = "") => Wrong();

                public static SettingsTask Verify(string? target, VerifySettings? settings = null, [CallerFilePath] string sourceFile = "") => Wrong();

                private static SettingsTask Wrong() => throw new InvalidOperationException("Another overload than that of several targets.");
            }
        }
        """;
}
