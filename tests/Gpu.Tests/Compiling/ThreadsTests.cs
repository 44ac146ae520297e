using System.Globalization;
using System.Text.RegularExpressions;
using Fused.CompilerServices;
using Fused.Gpu.Tests.Numerics;
using Fused.Gpu.Tests.Ptx;
using Fused.Testing.Networks;

namespace Fused.Gpu.Tests.Compiling;

/// <summary>
/// An assembler that does not know how many threads a block has may give each of them more registers than there are for all, and
/// the driver refuses to launch what it made.
/// </summary>
public sealed partial class ThreadsTests
{
    public static TheoryData<string> Networks => [.. GpuNetworks.All.Where(n => !TestNetworks.IsOfFunction(n)).Select(n => n.Name)];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Every_entry_states_the_threads_that_it_is_launched_with(string network)
    {
        GpuProgram program = GpuNetworks.Load(GpuNetworks.Named(network), WeightType.Float32).Gpu.CreateGpuProgram();
        var executor = new PtxExecutor(program, WeightType.Float32, WeightType.Float32);

        Assert.All(program.Schedules.SelectMany(s => s.Launches).DistinctBy(l => l.Kernel), launch =>
        {
            Match stated = Assert.Single(MaxThreads().Matches(executor.Ptx(launch.Kernel)));
            Assert.Equal(launch.Threads, int.Parse(stated.Groups["threads"].Value, CultureInfo.InvariantCulture));
        });
    }

    [GeneratedRegex(@"^\.maxntid (?<threads>\d+), 1, 1\r?$", RegexOptions.Multiline)]
    private static partial Regex MaxThreads();
}
