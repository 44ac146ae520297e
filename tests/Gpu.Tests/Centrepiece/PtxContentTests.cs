using Fused.Gpu.Tests.Ptx;

namespace Fused.Gpu.Tests.Centrepiece;

/// <summary>What must stand in the PTX for the kernels to be fast, and what must not.</summary>
public sealed class PtxContentTests
{
    /// <summary>Kernels with what they read, their barriers and their fences.</summary>
    private static readonly (string Name, bool Features, bool Weights, int Barriers, int Fences)[] Kernels =
    [
        ("Split", true, true, 14, 4),
        ("Inputs", true, false, 1, 0),
        ("Product", false, true, 2, 0),
        ("Finish", false, false, 8, 0),
        ("LargeProduct", false, true, 2, 0),
        ("LargeFinish", false, false, 8, 0),
    ];

    public static TheoryData<string, WeightType, WeightType> KernelsAndTypes
    {
        get
        {
            var data = new TheoryData<string, WeightType, WeightType>();
            foreach (string kernel in Inception.Kernels)
            {
                data.Add(kernel, WeightType.Float32, WeightType.Float32);
                data.Add(kernel, WeightType.Float16, WeightType.Float16);
                data.Add(kernel, WeightType.BFloat16, WeightType.BFloat16);
                data.Add(kernel, WeightType.Float32, WeightType.BFloat16);
            }

            return data;
        }
    }

    [Fact]
    public void All_kernels_are_looked_at() => Assert.Equal(Inception.Kernels, Kernels.Select(k => k.Name));

    /// <summary>Four values at once: 16 bytes of float32, 8 of the narrow types.</summary>
    [Theory]
    [MemberData(nameof(KernelsAndTypes))]
    public void Features_and_weights_are_loaded_as_vectors_of_four(string kernel, WeightType features, WeightType weights)
    {
        var (_, readsFeatures, readsWeights, _, _) = Kernels.Single(k => k.Name == kernel);
        ILookup<string, string> accesses = PtxSource.Of(Inception.Ptx(kernel, features, weights)).GlobalAccesses.ToLookup(a => a.Parameter, a => a.Mnemonic);

        Assert.Equal(readsFeatures ? [Vector(features)] : [], accesses["x"].Distinct());
        Assert.Equal(readsWeights ? [Vector(weights)] : [], accesses["denseKernel"].Distinct());

        static string Vector(WeightType type) => type == WeightType.Float32 ? "ld.global.v4.f32" : "ld.global.v2.b32";
    }

    [Theory]
    [MemberData(nameof(KernelsAndTypes))]
    public void Nothing_is_slow_without_need(string kernel, WeightType features, WeightType weights)
    {
        PtxStatic ptx = PtxStatic.Count(Inception.Ptx(kernel, features, weights));

        Assert.Equal(0, ptx.LocalBytes);
        Assert.Equal(0, ptx.GenericLoads);
        Assert.Equal(0, ptx.GenericStores);
        Assert.Equal(0, ptx.Calls);
        Assert.Equal(0, ptx.Divisions64);
        Assert.DoesNotContain("f64", ptx.Registers.Keys);
        Assert.DoesNotContain(ptx.Instructions.Keys, m => m.Contains(".local", StringComparison.Ordinal) || m.Contains(".f64", StringComparison.Ordinal));
    }

    /// <summary>An assembler makes one instruction of a multiplication and an addition only where neither asks for its own rounding.</summary>
    [Theory]
    [MemberData(nameof(KernelsAndTypes))]
    public void Multiplications_and_additions_can_be_contracted(string kernel, WeightType features, WeightType weights) => Assert.DoesNotContain(
        PtxStatic.Count(Inception.Ptx(kernel, features, weights)).Instructions.Keys,
        m => m.EndsWith(".f32", StringComparison.Ordinal) && (m.StartsWith("mul.", StringComparison.Ordinal) || m.StartsWith("add.", StringComparison.Ordinal)) && m.Count(c => c == '.') > 1);

    [Theory]
    [MemberData(nameof(KernelsAndTypes))]
    public void Barriers_and_fences_are_those_of_the_schedule(string kernel, WeightType features, WeightType weights)
    {
        var (_, _, _, barriers, fences) = Kernels.Single(k => k.Name == kernel);
        PtxStatic ptx = PtxStatic.Count(Inception.Ptx(kernel, features, weights));

        Assert.Equal(barriers, ptx.Instructions.Where(i => i.Key.StartsWith("bar.", StringComparison.Ordinal)).Sum(i => i.Value));
        Assert.Equal(fences, ptx.Instructions.Where(i => i.Key.StartsWith("membar.", StringComparison.Ordinal)).Sum(i => i.Value));
    }
}
