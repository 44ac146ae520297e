using Fused.Generator.IR;

namespace Fused.Generator.Graph;

/// <summary>
/// What a layer states its computation by. Each verb takes the layer's input (or, where it says so, all of its inputs) and makes the layer's
/// output of it; a layer that uses several goes on with what the one before has made.
/// </summary>
internal interface IStageBuilder
{
    /// <summary>An elementwise function of a value and its place: joins the stage before, or waits for the next one to read the values.</summary>
    void Map(Func<Expr, Point, Expr> function);

    /// <summary>
    /// Reduces the positions of each channel, in one pass over the map however many results there are: result i is
    /// finish(reduction), and channel i * C + c of the output.
    /// </summary>
    void ReducePositions(string name, string comment, params (ReduceOp Op, Func<Expr, Expr> Finish)[] results);

    /// <summary>Multiplies each row by the layer's kernel matrix (channels, units) and adds its bias.</summary>
    /// <param name="units">Columns of the matrix.</param>
    /// <param name="useBias">Whether the layer has a bias; folded shifts make one in any case.</param>
    /// <param name="endsLayer">Whether the layer has no more to compute afterwards than elementwise functions.</param>
    void Contract(int units, bool useBias, bool endsLayer);

    /// <summary>exp(x - max) / sum over each row, or its logarithm; the whole row must be there before the first value is final.</summary>
    void Softmax(bool logarithm);

    /// <summary>
    /// The same values under the shape of a vector; copied only where their order in memory is another one, and no contraction's rows
    /// are reordered instead.
    /// </summary>
    /// <param name="order">The map as the vector has its values.</param>
    void Flatten(Shape order);

    /// <summary>A batch normalisation that could not be folded: a scale and a shift for each channel.</summary>
    void ScaleAndShiftChannels();
}
