namespace Fused.Testing.Networks.Layers;

/// <summary>
/// A sum of weighted values and the scale of its error in float32: the sum of the terms' absolute values, as the additions round, and what
/// the values were off by already. The errors of different values have nothing to do with one another, so that they add up as their squares
/// do (N. J. Higham and T. Mary, "A new approach to probabilistic rounding error analysis", 2019), not as their sizes: with weights that
/// keep a signal's variance, magnitudes grow in proportion to the number of layers instead of by a factor with each.
/// </summary>
internal struct RunningSum(double first)
{
    private double _value = first;
    private double _terms = Math.Abs(first);
    private double _squares;

    public readonly Number Total => new(_value, _terms + Math.Sqrt(_squares));

    public void Add(Number value, double weight)
    {
        double term = value.Value * weight, error = value.Magnitude * weight;
        _value += term;
        _terms += Math.Abs(term);
        _squares += error * error;
    }
}
