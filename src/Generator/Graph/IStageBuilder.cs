using System.Collections.Immutable;
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

    /// <summary>Weights windows of all channels, or of those of a group, for each filter, by a kernel (rows, columns, channels of a group, filters).</summary>
    /// <param name="window">The window.</param>
    /// <param name="filters">The filters.</param>
    /// <param name="groups">Into how many groups channels and filters are divided.</param>
    /// <param name="useBias">Whether the layer has a bias.</param>
    /// <param name="kernel">The layer's tensor of weights.</param>
    void Convolve(Window window, int filters, int groups, bool useBias, TensorRole kernel = TensorRole.Kernel);

    /// <summary>Weights windows of each channel by itself, by the layer's depthwise kernel (rows, columns, channels, multiplier).</summary>
    /// <param name="window">The window.</param>
    /// <param name="multiplier">Outputs of each channel.</param>
    /// <param name="useBias">Whether the layer has a bias that is added here.</param>
    /// <param name="ends">Whether this is the layer's last sum.</param>
    void ConvolveChannels(Window window, int multiplier, bool useBias, bool ends);

    /// <summary>The map with zeros around it.</summary>
    void Pad(Margins padding);

    /// <summary>The map without its edges.</summary>
    void Crop(Margins cropping);

    /// <summary>The same values in the order of memory under another shape.</summary>
    void Reshape(Shape shape);

    /// <summary>The map with its dimensions in another order: that of each dimension of the new shape, from 1 on.</summary>
    void Permute(Shape shape, ImmutableArray<int> dimensions);

    /// <summary>Each position so many times down and across.</summary>
    void Repeat(int height, int width);

    /// <summary>A function of the values of all inputs at the same place; an input of one row or column is repeated along the others.</summary>
    void Join(Func<ImmutableArray<Expr>, Expr> function);

    /// <summary>The channels of all inputs, one input after the other.</summary>
    void Concatenate();

    /// <summary>All inputs as the network's results, one after the other, each in its own shape's order.</summary>
    void Gather();

    /// <summary>Reduces the positions under a window, channel by channel.</summary>
    void ReduceWindows(Window window, PoolingKind kind);

    /// <summary>Reduces a map to a size, output i along a direction from floor(i * in / out) to ceil((i + 1) * in / out); result after result along the channels.</summary>
    void ReduceToSize(int height, int width, params PoolingKind[] results);

    /// <summary>So many positions for each down and across, by the distances of their centres between its neighbours; edges go on as they are.</summary>
    void Interpolate(int height, int width);

    /// <summary>(x - mean) / sqrt(variance + epsilon) over each row, times gamma, plus beta.</summary>
    void NormalizeRows(double epsilon, bool gamma, bool beta);

    /// <summary>An elementwise function of a value and one of a tensor's: of the channel's, or of the value's own.</summary>
    void MapWith(TensorRole tensor, bool isForEach, Func<Expr, Expr, Expr> function);

    /// <summary>x * scale + shift by constants, one for all channels or one for each.</summary>
    void ScaleAndShift(EquatableArray<double> scales, EquatableArray<double> shifts);

    /// <summary>Adds each position of the input, weighted by the layer's kernel (rows, columns, filters, channels), to a window of the output.</summary>
    /// <param name="rows">The window down the output.</param>
    /// <param name="columns">The window across it.</param>
    /// <param name="top">Rows of what is written that lie before the output.</param>
    /// <param name="left">Columns of it.</param>
    /// <param name="output">The output.</param>
    /// <param name="useBias">Whether the layer has a bias.</param>
    void ConvolveTransposed(WindowAxis rows, WindowAxis columns, int top, int left, Shape output, bool useBias);
}
