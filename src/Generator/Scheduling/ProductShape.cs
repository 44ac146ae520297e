using Fused.Generator.IR;

namespace Fused.Generator.Scheduling;

/// <summary>
/// A stage seen as a product with a matrix: every output has weights of its own, by which the same inputs are multiplied. A depthwise
/// convolution has weights too, and is none, for each of its outputs has inputs of its own.
/// </summary>
/// <param name="Matrix">The matrix.</param>
/// <param name="Outputs">The axis along its columns, the stage's last one.</param>
internal sealed record ProductShape(Buffer Matrix, Axis Outputs)
{
    public static ProductShape? Of(Stage stage)
    {
        if (stage.Reductions.Length != 1 || Loads.Of(stage).OfType<WeightLoad>().FirstOrDefault() is not { } weight)
        {
            return null;
        }

        Axis outputs = stage.Axes[stage.Axes.Length - 1];
        return weight.Column.Coefficient(outputs.Name) == 1
            && Loads.Of(stage.Reductions[0].Body).OfType<Load>().All(load => load.Index.Coefficient(outputs.Name) == 0)
            ? new(weight.Buffer, outputs) : null;
    }
}
