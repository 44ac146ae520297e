using Microsoft.CodeAnalysis;

namespace Fused.Generator.Diagnostics;

/// <content>FUSED1xx: layers that do not go together.</content>
internal static partial class Descriptors
{
    public static readonly DiagnosticDescriptor MapExpected = Error(
        "FUSED101",
        "A vector in the place of a map",
        "{0} takes a feature map, but its input {1} is a vector");

    public static readonly DiagnosticDescriptor LastAxisIsWidth = Error(
        "FUSED102",
        "A layer over the last axis of a channels-first map",
        "{0} works over the last axis, which is the width of its channels-first input {1}: put a pooling layer or Flatten before it");

    public static readonly DiagnosticDescriptor SampleTooLarge = Error(
        "FUSED103",
        "A sample is too large",
        "{0} has the shape {1}, of more than {2} values");

    public static readonly DiagnosticDescriptor TooManyWeights = Error(
        "FUSED104",
        "The weights are too large",
        "With {0} the model has {1} weights, more than the {2} float32 values that 2^31 - 1 bytes hold");

    public static readonly DiagnosticDescriptor UnknownSource = Error(
        "FUSED105",
        "A layer reads one that there is not",
        "{0} reads '{1}', which is no layer before it: {2}");

    public static readonly DiagnosticDescriptor AmbiguousSource = Error(
        "FUSED106",
        "A name that is the network's input and a layer",
        "{0} reads 'input', the {3}'s input, but layer {1}, {2}, is called so, too: give it another name");

    public static readonly DiagnosticDescriptor WindowTooLarge = Error(
        "FUSED107",
        "A window larger than its map",
        "The window of {0}, {1}, is larger than its input, {2}{3}");

    public static readonly DiagnosticDescriptor UnevenGroups = Error(
        "FUSED108",
        "Groups that do not divide the channels or the filters",
        "{0} has {1} groups, which do not divide the {2}");

    public static readonly DiagnosticDescriptor JoinMisfit = Error(
        "FUSED109",
        "A join of shapes that do not fit",
        "{0} cannot join {1} and {2}: {3}");

    public static readonly DiagnosticDescriptor ReshapeMisfit = Error(
        "FUSED110",
        "Reshape to another number of values",
        "{0} cannot make {3} of its input {1}, which has {2} values");

    public static readonly DiagnosticDescriptor ConstantCount = Error(
        "FUSED111",
        "Constants that are not as many as the channels",
        "{0} has {1} {2}, but its input {3} has {4} channels: give one for each, or one for all");

    public static readonly DiagnosticDescriptor NothingLeft = Error(
        "FUSED112",
        "Cropping that leaves nothing",
        "{0} takes {1} rows and {2} columns off its input {3}, which leaves nothing");

    public static readonly DiagnosticDescriptor UnreadOutput = Error(
        "FUSED113",
        "An output that nothing reads",
        "Nothing reads the output of {0}, and {1}: name it in From, in a join or in Output, or leave it out");

    public static readonly DiagnosticDescriptor UnknownOutput = Error(
        "FUSED114",
        "An output of a layer that there is not",
        "Output names '{0}', which is no layer: {1}");

    public static readonly DiagnosticDescriptor OutputTwice = Error(
        "FUSED115",
        "One output twice",
        "Output names {0} twice{1}: name each layer once, for its values are the caller's to copy");
}
