using System.Globalization;
using Fused.Generator.Graph;
using Fused.Generator.IR;
using Fused.Generator.IR.Functions;
using Fused.Testing;
using Xunit.Abstractions;

namespace Fused.Kernel.Tests;

/// <summary>
/// Every function of the IR against float64 over all of float32, with and without fused multiply-add. The bounds asserted
/// here are those of docs/numerics.md and of the functions' own summaries.
/// </summary>
public sealed class FunctionAccuracyTests(ITestOutputHelper output)
{
    /// <summary>A function with its reference and its greatest error in ulp, with fused multiply-add and without.</summary>
    private sealed record Case(string Name, MathFunction Function, float[] Constants, Func<double, double> Reference, double Bound);

    private static readonly Case[] Cases =
    [
        new("Exp", Exponential.Exp, [], Math.Exp, 1.1),
        new("ExpMinus1", Exponential.ExpMinus1, [], Reference.ExpMinus1, 1.75),
        new("Log", Logarithm.Log, [], Math.Log, 1),
        new("Relu", Rectifiers.Relu, [], Reference.Relu, 0),
        new("Relu6", Rectifiers.Relu6, [], Reference.Relu6, 0),
        new("LeakyRelu", Rectifiers.LeakyRelu, [0.2f], x => Reference.LeakyRelu(x, 0.2f), 0.5),
        new("Elu", Rectifiers.Elu, [1], x => Reference.Elu(x, 1), 1.75),
        new("Elu 0.3", Rectifiers.Elu, [0.3f], x => Reference.Elu(x, 0.3f), 1.75),
        new("Selu", Rectifiers.Selu, [], Reference.Selu, 2),
        new("Gelu", Gaussians.Gelu, [], Reference.Gelu, 3.5),
        new("GeluTanh", Gaussians.GeluTanh, [], Reference.GeluTanh, 3.5),
        new("Sigmoid", Sigmoids.Sigmoid, [], Reference.Sigmoid, 2.5),
        new("HardSigmoid", Sigmoids.HardSigmoid, [], Reference.HardSigmoid, 1.2),
        new("Tanh", Sigmoids.Tanh, [], Math.Tanh, 1.5),
        new("Softplus", Sigmoids.Softplus, [], Reference.Softplus, 3),
        new("Softsign", Sigmoids.Softsign, [], Reference.Softsign, 1.5),
        new("Swish", Sigmoids.Swish, [], Reference.Swish, 3.5),
        new("HardSwish", Sigmoids.HardSwish, [], Reference.HardSwish, 2),
    ];

    public static TheoryData<string> Names => new(Cases.Select(c => c.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_as_exact_as_stated_over_all_float32(string name)
    {
        Case function = Cases.Single(c => c.Name == name);
        foreach (bool fused in new[] { true, false })
        {
            Func<float, float> compiled = FunctionCompiler.Compile(function.Function, function.Constants, fused);
            var worst = new Worst();
            foreach (float x in Points())
            {
                worst.Add(x, function.Reference(x), compiled(x));
            }

            output.WriteLine($"{name}, {(fused ? "" : "not ")}fused: {worst}");
            Assert.True(worst.Error <= function.Bound, $"{name}, {(fused ? "" : "not ")}fused: {worst}, stated {function.Bound}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Interpreter_and_compiled_function_agree_bit_for_bit(string name)
    {
        Case function = Cases.Single(c => c.Name == name);
        foreach (bool fused in new[] { true, false })
        {
            Func<float, float> compiled = FunctionCompiler.Compile(function.Function, function.Constants, fused);
            foreach (float x in Points().Where((_, i) => i % 997 == 0))
            {
                Assert.Equal(compiled(x), Interpreter.Evaluate(function.Function, x, function.Constants, fused));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_defined_alike_for_every_width(string name)
    {
        Case function = Cases.Single(c => c.Name == name);
        var scalar = function.Function.Define(1);
        foreach (int lanes in new[] { 4, 8, 16 })
        {
            FunctionBody body = function.Function.Define(lanes);
            Assert.Equal(scalar.Lets.Select(l => l.Name.Name), body.Lets.Select(l => l.Name.Name));
            Assert.All(body.Lets, l => Assert.Equal(lanes, l.Value.Lanes));
            Assert.Equal(DataType.Float(lanes), body.Result.Type);
            float[] values = Interpreter.Evaluate(function.Function.Invoke(new Broadcast(new FloatConstant(-0.75f), lanes), function.Constants));
            Assert.All(values, v => Assert.Equal(Interpreter.Evaluate(function.Function, -0.75f, function.Constants, true), v));
        }
    }

    [Theory]
    [InlineData("Exp", 0f, float.PositiveInfinity)]
    [InlineData("ExpMinus1", -1f, float.PositiveInfinity)]
    [InlineData("Log", float.NaN, float.PositiveInfinity)]
    [InlineData("Relu", 0f, float.PositiveInfinity)]
    [InlineData("Relu6", 0f, 6f)]
    [InlineData("LeakyRelu", float.NegativeInfinity, float.PositiveInfinity)]
    [InlineData("Elu", -1f, float.PositiveInfinity)]
    [InlineData("Elu 0.3", -0.3f, float.PositiveInfinity)]
    [InlineData("Selu", -1.7580993f, float.PositiveInfinity)]
    [InlineData("Gelu", 0f, float.PositiveInfinity)]
    [InlineData("GeluTanh", 0f, float.PositiveInfinity)]
    [InlineData("Sigmoid", 0f, 1f)]
    [InlineData("HardSigmoid", 0f, 1f)]
    [InlineData("Tanh", -1f, 1f)]
    [InlineData("Softplus", 0f, float.PositiveInfinity)]
    [InlineData("Softsign", -1f, 1f)]
    [InlineData("Swish", 0f, float.PositiveInfinity)]
    [InlineData("HardSwish", 0f, float.PositiveInfinity)]
    public void Has_its_limits_at_the_infinities_and_keeps_NaN(string name, float atMinusInfinity, float atPlusInfinity)
    {
        Case function = Cases.Single(c => c.Name == name);
        foreach (bool fused in new[] { true, false })
        {
            float At(float x) => Interpreter.Evaluate(function.Function, x, function.Constants, fused) + 0f;
            Assert.Equal(atMinusInfinity, At(float.NegativeInfinity));
            Assert.Equal(atPlusInfinity, At(float.PositiveInfinity));
            Assert.Equal(float.NaN, At(float.NaN));
            Assert.Equal(float.NaN, At(BitConverter.UInt32BitsToSingle(0x7F800001)));
            Assert.Equal(float.NaN, At(BitConverter.UInt32BitsToSingle(0xFFFFFFFF)));
        }
    }

    [Fact]
    public void Every_activation_of_one_value_is_found_by_its_kind()
    {
        foreach (ActivationKind kind in Enum.GetValues<ActivationKind>())
        {
            ActivationFunction function = ActivationFunction.Of(kind);
            if (function.IsOverLastAxis)
            {
                Assert.Throws<ArgumentOutOfRangeException>(() => Activations.Apply(function, new FloatConstant(1)));
            }
            else if (kind != ActivationKind.Linear)
            {
                var call = Assert.IsType<Call>(Activations.Apply(function, new FloatConstant(1)));
                Assert.Equal(kind.ToString(), call.Function.Name);
            }
        }

        var x = new FloatConstant(float.NegativeInfinity);
        Assert.Same(x, Activations.Apply(ActivationFunction.Linear, x));
        Assert.Equal(0, Interpreter.Evaluate(Activations.Apply(new(ActivationKind.LeakyRelu, 0), x))[0]);
        Assert.Equal(0, Interpreter.Evaluate(Activations.Apply(new(ActivationKind.Elu, 0), x))[0]);
    }

    /// <summary>Values computed with mpmath at 30 digits.</summary>
    [Theory]
    [InlineData(-1, 1.84270079294971487)]
    [InlineData(0.5, 0.479500122186953462)]
    [InlineData(1.9, 0.00720957076474253005)]
    [InlineData(2, 0.00467773498104726584)]
    [InlineData(5, 1.53745979442803485e-12)]
    [InlineData(10, 2.08848758376254476e-45)]
    [InlineData(26, 5.66319240885614285e-296)]
    public void The_reference_erfc_is_exact_enough(double x, double expected) =>
        Assert.InRange(Reference.Erfc(x) / expected, 1 - 2e-13, 1 + 2e-13);

    /// <summary>The greatest error seen, in units in the last place of the exact result, and where.</summary>
    private sealed class Worst
    {
        private float _x;
        private float _actual;
        private double _expected;

        public double Error { get; private set; } = -1;

        public void Add(float x, double expected, float actual)
        {
            double error = Ulps(expected, actual);
            if (!(error <= Error))
            {
                (_x, _actual, _expected, Error) = (x, actual, expected, double.IsNaN(error) ? double.PositiveInfinity : error);
            }
        }

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture, $"{Error:F3} ulp at x = {_x:G9}, where {_expected:G17} is computed as {_actual:G9}");
    }

    /// <summary>The distance in units in the last place of the expected value; of denormal numbers, in units of 2^-149.</summary>
    private static double Ulps(double expected, float actual)
    {
        float rounded = (float)expected;
        if (float.IsNaN(rounded) || float.IsNaN(actual))
        {
            return float.IsNaN(rounded) && float.IsNaN(actual) ? 0 : double.PositiveInfinity;
        }

        if (rounded == actual && (float.IsInfinity(actual) || actual == expected))
        {
            return 0;
        }

        // Infinity counts as the number that would follow the largest.
        const double End = 340282366920938463463374607431768211456.0;
        double value = float.IsInfinity(actual) ? Math.CopySign(End, actual) : actual;
        double target = Math.Clamp(expected, -End, End);
        int exponent = Math.Clamp(target == 0 ? -126 : Math.ILogB(target), -126, 127);
        return Math.Abs(value - target) * Math.ScaleB(1, 23 - exponent);
    }

    /// <summary>
    /// Evenly through the bit patterns, so every exponent, denormal numbers and NaN are there; evenly through the range in
    /// which the functions bend; and all numbers near the places where a definition changes.
    /// </summary>
    /// <remarks>The variable makes the search as thorough as wanted: 1 is every float32 there is, some minutes a function.</remarks>
    private static IEnumerable<float> Points()
    {
        string? wanted = Environment.GetEnvironmentVariable("FUSED_ACCURACY_STRIDE");
        uint stride = wanted is null ? 8191 : uint.Parse(wanted, CultureInfo.InvariantCulture);
        for (ulong bits = 0; bits <= uint.MaxValue; bits += stride)
        {
            yield return BitConverter.UInt32BitsToSingle((uint)bits);
        }

        for (int i = -130_000; i <= 130_000; i++)
        {
            yield return i / 1237f;
        }

        float[] places =
        [
            0, 0.34657359f, 0.625f, 0.66f, 0.70710677f, 1, 1.41421354f, 3, 6, 9.01f, 10, 10.7f, 12, 14.2f, 15, 16.6f, 17.3f, 20,
            87.33655f, 88.37626f, 88.72284f, 89, 103.97208f, 105, 108.6f, 112, 1.17549435e-38f, float.MaxValue, float.PositiveInfinity,
        ];
        foreach (float place in places)
        {
            int middle = BitConverter.SingleToInt32Bits(place);
            for (int bits = Math.Max(middle - 1000, 0); bits < middle + 1000; bits++)
            {
                yield return BitConverter.Int32BitsToSingle(bits);
                yield return -BitConverter.Int32BitsToSingle(bits);
            }
        }
    }
}
