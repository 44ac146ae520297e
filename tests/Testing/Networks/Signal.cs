namespace Fused.Testing.Networks;

/// <summary>
/// A float64 value with a scale for the error that a float32 computation of it may have: the sum of the absolute values of
/// all that was added up to make it. Where terms cancel the value is small and the magnitude is not, and neither is the
/// rounding error of any order of summation.
/// </summary>
internal readonly record struct Number(double Value, double Magnitude)
{
    public static Number Of(double value) => new(value, Math.Abs(value));

    public static Number operator +(Number left, Number right) => new(left.Value + right.Value, left.Magnitude + right.Magnitude);

    public static Number operator *(Number number, double factor) => new(number.Value * factor, number.Magnitude * Math.Abs(factor));

    /// <summary>The product of two values: the error of each counts as often as the other is large.</summary>
    public static Number operator *(Number left, Number right) =>
        new(left.Value * right.Value, Math.Abs(left.Value * right.Value) + (Math.Abs(left.Value) * right.Magnitude) + (left.Magnitude * Math.Abs(right.Value)));

    /// <summary>The larger value; a float32 computation may take the other one where they are close.</summary>
    public static Number Max(Number left, Number right) => new(Math.Max(left.Value, right.Value), Math.Max(left.Magnitude, right.Magnitude));

    /// <summary>A function of the value whose slope is never steeper than stated: it passes on that much of an error.</summary>
    public Number Map(Func<double, double> function, double slope)
    {
        double value = function(Value);
        return new(value, Math.Abs(value) + (slope * Magnitude));
    }
}

/// <summary>The shape of one sample between two layers: a map in either layout, or a vector, which is a map of one position.</summary>
internal sealed record Form(int Height, int Width, int Channels, bool ChannelsFirst = false, bool IsVector = false)
{
    public static Form Vector(int length) => new(1, 1, length, IsVector: true);

    public int Positions => Height * Width;

    public int Length => Positions * Channels;

    /// <summary>Whether Dense and softmax, which work on the last axis, work on the channels.</summary>
    public bool ChannelsAreLast => IsVector || !ChannelsFirst;

    public int Index(int position, int channel) =>
        ChannelsAreLast ? (position * Channels) + channel : (channel * Positions) + position;

    /// <summary>The input's attribute.</summary>
    public string Attribute => this switch
    {
        { IsVector: true } => $"Input({Channels})",
        { ChannelsFirst: true } => $"Input({Channels}, {Height}, {Width}, Layout = DataLayout.ChannelsFirst)",
        _ => $"Input({Height}, {Width}, {Channels})",
    };
}

/// <summary>One sample's values between two layers, in memory order.</summary>
internal sealed record Signal(Form Form, Number[] Values)
{
    public Number this[int position, int channel] => Values[Form.Index(position, channel)];

    /// <summary>A signal of another form, from each value's position and channel.</summary>
    public static Signal Make(Form form, Func<int, int, Number> value)
    {
        var values = new Number[form.Length];
        for (int p = 0; p < form.Positions; p++)
        {
            for (int c = 0; c < form.Channels; c++)
            {
                values[form.Index(p, c)] = value(p, c);
            }
        }

        return new Signal(form, values);
    }
}
