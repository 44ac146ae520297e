using System.Globalization;
using Fused.Generator.Diagnostics;

namespace Fused.Generator.Graph;

/// <summary>Zeros around a map.</summary>
internal sealed record ZeroPadding2DLayer(Margins Padding, string? DeclaredName = null) : Layer(DeclaredName)
{
    public override string Kind => "ZeroPadding2D";

    public override FusionPattern Pattern => FusionPattern.Movement;

    public override IEnumerable<Problem> Check(Shape input) => MapRule.Check(Kind, input);

    public override Shape InferShape(Shape input) => input with
    {
        Height = Limits.Saturate((long)input.Height + Padding.Top + Padding.Bottom),
        Width = Limits.Saturate((long)input.Width + Padding.Left + Padding.Right),
    };

    public override Margins Reach(Shape input) => Padding;

    public override void Compute(IStageBuilder stages, Node node) => stages.Pad(Padding);
}

/// <summary>A map without its edges.</summary>
internal sealed record Cropping2DLayer(Margins Cropping, string? DeclaredName = null) : Layer(DeclaredName)
{
    public override string Kind => "Cropping2D";

    public override FusionPattern Pattern => FusionPattern.Movement;

    public override IEnumerable<Problem> Check(Shape input) =>
        !input.IsVector && (Rows >= input.Height || Columns >= input.Width)
            ? [new Problem(Descriptors.NothingLeft, [Kind, Numbers.Count(Rows), Numbers.Count(Columns), input.ToString()])]
            : MapRule.Check(Kind, input);

    public override Shape InferShape(Shape input) => input with { Height = (int)(input.Height - Rows), Width = (int)(input.Width - Columns) };

    public override void Compute(IStageBuilder stages, Node node) => stages.Crop(Cropping);

    private long Rows => (long)Cropping.Top + Cropping.Bottom;

    private long Columns => (long)Cropping.Left + Cropping.Right;
}

/// <summary>How values between positions are found: the members and values of the runtime's <c>Fused.Interpolation</c>.</summary>
internal enum InterpolationKind
{
    Nearest,
    Bilinear,
}

/// <summary>A map with several rows in the place of one, and several columns.</summary>
internal sealed record UpSampling2DLayer(int Height, int Width, InterpolationKind Interpolation, string? DeclaredName = null) : Layer(DeclaredName)
{
    public override string Kind => "UpSampling2D";

    public override FusionPattern Pattern => Interpolation == InterpolationKind.Nearest ? FusionPattern.Movement : FusionPattern.Window;

    public override IEnumerable<Problem> Check(Shape input) => MapRule.Check(Kind, input);

    public override Shape InferShape(Shape input) => input with
    {
        Height = Limits.Saturate((long)input.Height * Height),
        Width = Limits.Saturate((long)input.Width * Width),
    };

    /// <summary>A bilinear value is a weighted sum of four.</summary>
    public override long Flops(Shape input) => Interpolation == InterpolationKind.Nearest ? 0 : 8L * InferShape(input).Length;

    public override void Compute(IStageBuilder stages, Node node)
    {
        if (Interpolation == InterpolationKind.Nearest)
        {
            stages.Repeat(Height, Width);
        }
        else
        {
            stages.Interpolate(Height, Width);
        }
    }

    public override string Describe() =>
        string.Format(CultureInfo.InvariantCulture, "UpSampling2D({0} x {1}){2}", Height, Width, Interpolation == InterpolationKind.Nearest ? "" : ", bilinear");
}
