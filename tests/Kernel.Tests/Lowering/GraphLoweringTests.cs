using Fused.Generator.Scheduling;

namespace Fused.Kernel.Tests.Lowering;

/// <summary>The interpreter as oracle of networks of windows and branches, as <see cref="LoweringTests"/> has it of chains.</summary>
public sealed class GraphLoweringTests
{
    public static IEnumerable<object[]> Cases => from n in GraphCases.All from t in Target.Cpu select new object[] { n.Name, t.Name };

    /// <summary>As scheduled and after each pass, each buffer in memory of its own.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_pass_keeps_the_meaning(string name, string target) => Assert.All(TilesOf(name, target), tile => tile.CheckPasses());

    /// <summary>
    /// As it is emitted: calls of kernels that layers share, each with its arguments, in memory that buffers share. A border that is not written
    /// anew, a buffer that is overwritten too early and an argument that is another's show.
    /// </summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Calls_in_one_memory_mean_the_same(string name, string target) => Assert.All(TilesOf(name, target), tile => tile.CheckCalls());

    /// <summary>
    /// Cut into as many tasks as there can be, though none of these networks is worth it: the tasks of a phase need nothing of each other, and
    /// together they are the whole, whatever is left where an axis does not divide.
    /// </summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Tasks_of_a_phase_go_in_any_order(string name, string target) => Assert.All(
        TileCase.Of(GraphCases.All.Single(n => n.Name == name), Target.Cpu.Single(t => t.Name == target) with { LeastTask = 1 }), tile => tile.CheckTasks());

    private static IEnumerable<TileCase> TilesOf(string name, string target) =>
        TileCase.Of(GraphCases.All.Single(n => n.Name == name), Target.Cpu.Single(t => t.Name == target));
}
