namespace Fused.Runtime.Tests.Summary;

public class ModelSummaryTests
{
    private static readonly ModelSummary Head = new(
        "InceptionHead",
        "(8, 8, 2048)",
        [
            new("global_average_pooling2d", "GlobalAveragePooling2D", "(2048)", 0, 133_120, 0, "kernel 1"),
            new("batch_normalization", "BatchNormalization", "(2048)", 8192, 0, 0, "folded into dense"),
            new("dropout", "Dropout", "(2048)", 0, 0, 0, "vanishes at inference"),
            new("dense", "Dense", "(1000)", 2_049_000, 4_097_000, 8_196_000, "kernel 1"),
        ],
        trainableParameters: 2_053_096,
        activationBytes: 528_288,
        ["kernel 1: global_average_pooling2d + batch_normalization + dense, one pass over the input"]);

    [Fact]
    public void The_totals_are_the_layers_sums()
    {
        Assert.Equal(2_057_192, Head.Parameters);
        Assert.Equal(2_053_096, Head.TrainableParameters);
        Assert.Equal(4_230_120, Head.Flops);
        Assert.Equal(8_196_000, Head.WeightBytes);
    }

    [Fact]
    public void The_table_reads_like_Kerass() =>
        Assert.Equal(
            """
            Model: InceptionHead, input (8, 8, 2048)
            ┌───────────────────────────────────────────────────┬──────────────┬───────────┬─────────────┬─────────┬───────────────────────┐
            │ Layer (type)                                      │ Output shape │    Params │       FLOPs │ Weights │ Fusion                │
            ├───────────────────────────────────────────────────┼──────────────┼───────────┼─────────────┼─────────┼───────────────────────┤
            │ global_average_pooling2d (GlobalAveragePooling2D) │ (2048)       │         0 │ 133.1 kFLOP │     0 B │ kernel 1              │
            │ batch_normalization (BatchNormalization)          │ (2048)       │     8,192 │      0 FLOP │     0 B │ folded into dense     │
            │ dropout (Dropout)                                 │ (2048)       │         0 │      0 FLOP │     0 B │ vanishes at inference │
            │ dense (Dense)                                     │ (1000)       │ 2,049,000 │   4.1 MFLOP │ 7.8 MiB │ kernel 1              │
            └───────────────────────────────────────────────────┴──────────────┴───────────┴─────────────┴─────────┴───────────────────────┘
            Parameters: 2,057,192 (2,053,096 trainable), 7.8 MiB of weights
            A sample: 4.2 MFLOP, 515.9 KiB read and written
            kernel 1: global_average_pooling2d + batch_normalization + dense, one pass over the input

            """.ReplaceLineEndings("\n"),
            Head.ToString());

    [Theory]
    [InlineData(WeightType.Float16, "stored as float16, a power of two for each output: each is within 2^-11 of itself, or 2^-28 of the largest of its output\n")]
    [InlineData(WeightType.BFloat16, "stored as bfloat16: each is within 2^-8 of itself\n")]
    [InlineData(WeightType.Int8, "stored as int8, one scale for each output: each is within 1/254 of the largest of its output\n")]
    public void Narrow_weights_are_told_with_what_they_cost(WeightType type, string expected)
    {
        var summary = new ModelSummary("M", "(1)", [], 0, 0, ["one"], type);
        Assert.Equal(type, summary.Weights);
        Assert.Contains("\nDense weights are " + expected + "one\n", summary.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Dense weights", Head.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_are_said_to_be_what_a_sample_is_of()
    {
        var summary = new ModelSummary("M", "(224, 224, 3)", [], 0, 0, ["one"]) { InputType = ElementType.UInt8 };
        Assert.StartsWith("Model: M, input (224, 224, 3) of bytes\n", summary.ToString(), StringComparison.Ordinal);
        Assert.Equal(ElementType.Float32, Head.InputType);
    }

    [Fact]
    public void A_summary_keeps_what_it_was_given()
    {
        List<string> kernels = ["one"];
        var summary = new ModelSummary("M", "(1)", [], 0, 0, kernels);
        kernels.Clear();
        Assert.Equal(["one"], summary.Kernels);
    }

    [Theory]
    [InlineData(0, "0 FLOP", "0 B")]
    [InlineData(999, "999 FLOP", "999 B")]
    [InlineData(1000, "1.0 kFLOP", "1000 B")]
    [InlineData(1024, "1.0 kFLOP", "1.0 KiB")]
    [InlineData(999_999, "1.0 MFLOP", "976.6 KiB")]
    [InlineData(1_048_575, "1.0 MFLOP", "1.0 MiB")]
    [InlineData(524_292_000, "524.3 MFLOP", "500.0 MiB")]
    [InlineData(long.MaxValue, "9223372.0 TFLOP", "8388608.0 TiB")]
    public void Units_are_for_people(long value, string flops, string bytes)
    {
        Assert.Equal(flops, Units.Flops(value));
        Assert.Equal(bytes, Units.Bytes(value));
    }
}
