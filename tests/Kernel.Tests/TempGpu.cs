#pragma warning disable
using System.Text;
using Fused.Generator.Fusion;
using Fused.Generator.Graph;
using Fused.Generator.IR;
using Fused.Generator.Scheduling.Gpu;
using Fused.Kernel.Tests.Compiling;
using Fused.Kernel.Tests.Networks;

namespace Fused.Kernel.Tests;

public class TempGpu
{
    [Fact]
    public void Print()
    {
        var text = new StringBuilder();
        Network[] more = [
            new("Inception", new(8, 8, 2048), new GlobalPool(PoolKind.Average), new Dropout(), new Dense(1000, Function.Softmax)),
            new("InceptionOfTwo", new(8, 8, 2048), new GlobalPool(PoolKind.Average), new Dropout(), new Dense(2, Function.Softmax)),
            new("FlatMap", new(7, 7, 64), new Flatten(), new Dense(10, Function.Softmax)),
        ];
        foreach (Network network in more.Concat(TestNetworks.All))
        {
            NetworkGraph graph = ShapeInference.Build(ModelCompiler.Parse(network)!).Graph!;
            try
            {
                GpuPlan plan = GpuPlanner.Run(graph, Fuser.Run(graph));
                foreach (var (s, k) in plan.Schedules.SelectMany(s => s.Kernels.Select(k => (s, k))))
                {
                    text.Append($"{network.Name} schedule {s.Name} up to {s.MaxSamples}: input width {plan.InputWidth}, blocks {k.Grid.Blocks} rows {k.Grid.Rows}, threads {k.Grid.Threads}\n{Printer.Print(k.Kernel)}\n");
                }
            }
            catch (InvalidOperationException e)
            {
                text.Append($"FAIL {network.Name}: {e}\n{network.Source}\n");
            }
        }
        File.WriteAllText("/tmp/gpu.txt", text.ToString());
    }
}
