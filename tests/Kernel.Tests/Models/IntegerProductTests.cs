using Fused.Testing.Compiling;
using Fused.Testing.Networks;

namespace Fused.Kernel.Tests.Models;

/// <summary>What products in integers make of rows that have no whole steps to be rounded to; see docs/numerics.md.</summary>
public sealed class IntegerProductTests
{
    private const int Inputs = 64, Outputs = 17;

    private static readonly Network Product = new("Product", Form.Vector(Inputs), new Dense(Outputs)) { Weights = WeightType.Int8 };

    private static readonly Lazy<ModelType> Compiled = new(() => ModelCompiler.Load(ModelCompiler.Compile([Product]))(Product.Name));

    [Theory]
    [InlineData(0f, false)]
    [InlineData(float.Epsilon, false)]
    [InlineData(1e-37f, false)]
    [InlineData(float.NaN, true)]
    [InlineData(float.PositiveInfinity, true)]
    [InlineData(float.NegativeInfinity, true)]
    public void A_row_without_steps_gives_the_bias_or_NaN_and_leaves_its_neighbours_alone(float odd, bool isNaN)
    {
        Dictionary<string, float[]> weights = Product.RandomWeights(seed: 1);
        IModel model = Compiled.Value.Load(Product, weights);
        float[] samples = Product.RandomSamples(9, seed: 2);
        float[] before = model.Predict(samples);
        const int Row = 4;
        Array.Clear(samples, Row * Inputs, Inputs);
        samples[(Row * Inputs) + 37] = odd;

        float[] after = model.Predict(samples);

        Assert.All(after.Skip(Row * Outputs).Take(Outputs), (value, k) => Assert.Equal(isNaN ? float.NaN : weights["dense.bias"][k], value));
        Assert.Equal(before.Take(Row * Outputs).Concat(before.Skip((Row + 1) * Outputs)), after.Take(Row * Outputs).Concat(after.Skip((Row + 1) * Outputs)));
    }
}
