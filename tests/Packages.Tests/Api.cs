using System.Diagnostics;

namespace Fused.Packages.Tests;

/// <summary>The published API, listening on a port of this machine.</summary>
internal sealed class Api : IDisposable
{
    private const string Announcement = "Now listening on: ";

    private readonly Process _process;

    private Api(Process process, string address)
    {
        _process = process;
        Client = new HttpClient { BaseAddress = new Uri(address), Timeout = TimeSpan.FromSeconds(30) };
    }

    public HttpClient Client { get; }

    /// <summary>Starts the program, and waits for it to say where it listens.</summary>
    public static async Task<Api> Start(string program, string weights)
    {
        Process process = Process.Start(new ProcessStartInfo(program, ["--urls", "http://127.0.0.1:0", weights]) { RedirectStandardOutput = true })!;
        var printed = new List<string>();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            printed.Add(line);
            if (line.IndexOf(Announcement, StringComparison.Ordinal) is >= 0 and int at)
                return new Api(process, line[(at + Announcement.Length)..]);
        }

        process.Dispose();
        throw new InvalidOperationException($"The program ended:\n{string.Join('\n', printed)}");
    }

    public void Dispose()
    {
        Client.Dispose();
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
