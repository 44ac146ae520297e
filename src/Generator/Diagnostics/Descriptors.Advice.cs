using Microsoft.CodeAnalysis;

namespace Fused.Generator.Diagnostics;

/// <content>FUSED2xx: advice.</content>
internal static partial class Descriptors
{
    public static readonly DiagnosticDescriptor FlattenBeforeDense = new(
        "FUSED201",
        "Flatten before a large Dense",
        "Flatten gives {0} {1} inputs: {2} parameters, {3}; with GlobalAveragePooling2D {4}",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "A Dense layer after Flatten has a weight for each position of the map. The mean over the positions keeps what the map shows and leaves one weight a channel. "
            + Help.Section("FUSED201"),
        helpLinkUri: Help.Link("FUSED201"));

    public static readonly DiagnosticDescriptor SoftmaxTwice = Warning(
        "FUSED202",
        "Softmax of a softmax",
        "{0} is a softmax of {1}, which gives probabilities already: a second one makes them nearly equal");

    public static readonly DiagnosticDescriptor SoftmaxOfOneValue = Warning(
        "FUSED203",
        "Softmax of one value",
        "{0} ends with {1} of one value, which is always {2}: Sigmoid gives the probability of one of two classes");

    public static readonly DiagnosticDescriptor DropoutAfterLastDense = Information(
        "FUSED204",
        "Dropout after the last Dense",
        "{0} stands after {1}, the last Dense: in training it sets predictions to zero instead of features");

    public static readonly DiagnosticDescriptor DenseWithoutActivation = Information(
        "FUSED205",
        "Two Dense with nothing between them",
        "{0} and {1} are one linear map, for no activation stands between them: give {0} one, or leave it out");

    public static readonly DiagnosticDescriptor ActivationBeforeNormalization = Information(
        "FUSED206",
        "An activation keeps a batch normalisation from being folded",
        "{0} is computed, not folded into {1}, because {2} stands between them: before the activation it costs nothing, in a network that is trained so");

    public static readonly DiagnosticDescriptor LayerWithoutEffect = Information(
        "FUSED207",
        "A layer without effect",
        "{0} changes nothing: {1}");
}
