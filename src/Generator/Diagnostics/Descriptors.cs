using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Fused.Generator.Diagnostics;

/// <summary>
/// All diagnostics: FUSED0xx for declarations, FUSED1xx for shapes, FUSED2xx for advice. Each has a section in
/// docs/diagnostics.md, which is in the package, and which the help link opens where there is a place for it to lead to.
/// </summary>
internal static class Descriptors
{
    private const string Category = "Fused";

    public static readonly DiagnosticDescriptor NotPartial = Error(
        "FUSED001",
        "A model is partial, and so are the types around it",
        "'{0}' must be partial, because the generator adds members to '{1}'");

    public static readonly DiagnosticDescriptor Generic = Error(
        "FUSED002",
        "A model is not generic, and neither are the types around it",
        "'{0}' is generic: a model's kernels are compiled once, for one network, so that neither '{1}' nor a type around it can have type parameters");

    public static readonly DiagnosticDescriptor WrongKind = Error(
        "FUSED003",
        "A model is a plain class",
        "'{0}' is {1}: a model is a plain class, which the generated file adds to and whose instances hold the weights");

    public static readonly DiagnosticDescriptor NotConstructible = Error(
        "FUSED004",
        "A model is constructed by generated code",
        "Load and Create cannot construct '{0}' with its weights: it has {1}");

    public static readonly DiagnosticDescriptor MemberCollision = Error(
        "FUSED005",
        "A member has the name of a generated one",
        "'{0}' collides with the '{1}' that the generator adds to the model: give it another name");

    public static readonly DiagnosticDescriptor MissingModelAttribute = Warning(
        "FUSED006",
        "Layers without [FusedModel]",
        "'{0}' declares {1}, but nothing is generated for it: add [FusedModel]");

    public static readonly DiagnosticDescriptor LayersSpread = Error(
        "FUSED007",
        "Layers on several partial declarations",
        "The layers of '{0}' stand on several partial declarations, so that their order is unknown: put Input and all layers on one of them");

    public static readonly DiagnosticDescriptor MissingInput = Error(
        "FUSED008",
        "A model without Input",
        "'{0}' declares no input: put [Input(...)], the shape of one sample, before its layers");

    public static readonly DiagnosticDescriptor InputNotFirst = Error(
        "FUSED009",
        "Input after a layer",
        "Input must come before all layers of '{0}'");

    public static readonly DiagnosticDescriptor NoLayers = Error(
        "FUSED010",
        "A model without layers",
        "'{0}' declares no layers: put their attributes, in order, after [Input(...)]");

    public static readonly DiagnosticDescriptor SizeNotPositive = Error(
        "FUSED011",
        "A size is not positive",
        "The {0} of {1} must be positive, but is {2}");

    public static readonly DiagnosticDescriptor OutOfRange = Error(
        "FUSED012",
        "A value is out of its range",
        "The {0} of {1} must be {2}, but is {3}");

    public static readonly DiagnosticDescriptor UndefinedValue = Error(
        "FUSED013",
        "A value that its enumeration does not define",
        "The {0} of {1} is {2}, which its enumeration does not define");

    public static readonly DiagnosticDescriptor UnusedAlpha = Error(
        "FUSED014",
        "An alpha for a function that takes none",
        "{0} takes no alpha: only LeakyRelu and Elu do");

    public static readonly DiagnosticDescriptor InvalidName = Error(
        "FUSED015",
        "A layer's name that weight files cannot hold",
        "The name of {0} {1}");

    public static readonly DiagnosticDescriptor DuplicateName = Error(
        "FUSED016",
        "Two layers of one name",
        "The name '{0}' is that of layer {2}, {1}, too{3}: weight files could not tell the two apart; give one of them another name");

    public static readonly DiagnosticDescriptor UnknownLayer = Error(
        "FUSED017",
        "A layer that Fused does not know",
        "'{0}' derives from LayerAttribute, but is not a layer that Fused can compile");

    public static readonly DiagnosticDescriptor TwoOrders = Error(
        "FUSED018",
        "Flatten in two orders",
        "Flatten has ChannelsLastOrder and ChannelsFirstOrder, but a vector has one order: keep that in which the network was trained");

    public static readonly DiagnosticDescriptor OldLanguage = Error(
        "FUSED020",
        "A model needs C# 12",
        "The code of '{0}' is written in C# 12, but the project is compiled as C# {1}: set LangVersion to 12 or higher, or leave it out");

    public static readonly DiagnosticDescriptor CompilerFailed = Error(
        "FUSED021",
        "Fused failed",
        "Fused failed when it compiled '{0}'; the fault is not yours, and other models are compiled. To have it mended, send us the attributes of '{0}' and this: {1}.");

    public static readonly DiagnosticDescriptor NotCompiled = Error(
        "FUSED022",
        "A model is not compiled",
        "'{0}' is not compiled: {1}");

    public static readonly DiagnosticDescriptor UnknownConstant = Error(
        "FUSED025",
        "A constant that depends on what it is for",
        "'{0}' cannot be worked out: {1}");

    public static readonly DiagnosticDescriptor WrittenByGenerator = Error(
        "FUSED026",
        "A model that depends on what another generator writes",
        "Nothing can be generated for '{0}': {1} is written by another generator, and no generator sees what others write");

    public static readonly DiagnosticDescriptor LabelCount = Error(
        "FUSED030",
        "Labels that are not as many as the outputs",
        "The number of labels is {0}, but that of the outputs of {1}, the last layer, is {2}");

    public static readonly DiagnosticDescriptor LabelsOfMap = Error(
        "FUSED031",
        "Labels of a map",
        "Labels name the values of a vector, but the output of {0}, the last layer, is the map {1}");

    public static readonly DiagnosticDescriptor InvalidLabels = Error(
        "FUSED032",
        "Labels that are missing or empty",
        "Labels {0}");

    public static readonly DiagnosticDescriptor LabelFileMissing = Error(
        "FUSED033",
        "A file of labels that the compiler is not given",
        "'{0}' {1}");

    public static readonly DiagnosticDescriptor LabelFileAmbiguous = Error(
        "FUSED034",
        "A file of labels that may be one of several",
        "'{0}' may be '{1}' or '{2}': write more of its path");

    public static readonly DiagnosticDescriptor PoolingOfVector = Error(
        "FUSED101",
        "Pooling of a vector",
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
        "{0} reads '{1}', which is no layer before it: there are {2}");

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

    /// <summary>In the order of their ids. Last, for static fields are set in the order of the text.</summary>
    public static readonly ImmutableArray<DiagnosticDescriptor> All =
    [
        NotPartial,
        Generic,
        WrongKind,
        NotConstructible,
        MemberCollision,
        MissingModelAttribute,
        LayersSpread,
        MissingInput,
        InputNotFirst,
        NoLayers,
        SizeNotPositive,
        OutOfRange,
        UndefinedValue,
        UnusedAlpha,
        InvalidName,
        DuplicateName,
        UnknownLayer,
        TwoOrders,
        OldLanguage,
        CompilerFailed,
        NotCompiled,
        UnknownConstant,
        WrittenByGenerator,
        LabelCount,
        LabelsOfMap,
        InvalidLabels,
        LabelFileMissing,
        LabelFileAmbiguous,
        PoolingOfVector,
        LastAxisIsWidth,
        SampleTooLarge,
        TooManyWeights,
        UnknownSource,
        FlattenBeforeDense,
        SoftmaxTwice,
        SoftmaxOfOneValue,
        DropoutAfterLastDense,
        DenseWithoutActivation,
        ActivationBeforeNormalization,
        LayerWithoutEffect,
    ];

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, Category, DiagnosticSeverity.Error, isEnabledByDefault: true, Help.Section(id), Help.Link(id));

    private static DiagnosticDescriptor Warning(string id, string title, string message) =>
        new(id, title, message, Category, DiagnosticSeverity.Warning, isEnabledByDefault: true, Help.Section(id), Help.Link(id));

    private static DiagnosticDescriptor Information(string id, string title, string message) =>
        new(id, title, message, Category, DiagnosticSeverity.Info, isEnabledByDefault: true, Help.Section(id), Help.Link(id));
}
