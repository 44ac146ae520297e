using Microsoft.CodeAnalysis;

namespace Fused.Generator.Diagnostics;

/// <content>FUSED0xx: what is wrong with a declaration.</content>
internal static partial class Descriptors
{
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

    public static readonly DiagnosticDescriptor Contradiction = Error(
        "FUSED019",
        "Two arguments of which one is too much",
        "{0} has {1} and {2}, but {3}: keep one of the two");

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

    public static readonly DiagnosticDescriptor JoinOfNothing = Error(
        "FUSED023",
        "A join without a name",
        "{0} {1}: name one layer, to join it with the one before, or all of its inputs");

    public static readonly DiagnosticDescriptor UnknownConstant = Error(
        "FUSED025",
        "A constant that depends on what it is for",
        "'{0}' cannot be worked out: {1}");

    public static readonly DiagnosticDescriptor WrittenByGenerator = Error(
        "FUSED026",
        "A model that depends on what another generator writes",
        "Nothing can be generated for '{0}': {1} is written by another generator, and no generator sees what others write");

    public static readonly DiagnosticDescriptor OutputOfNothing = Error(
        "FUSED027",
        "Output without a name",
        "Output {0}: name the layers whose outputs are the model's, or leave it out where that is the last one");

    public static readonly DiagnosticDescriptor LabelCount = Error(
        "FUSED030",
        "Labels that are not as many as the outputs",
        "The number of labels is {0}, but that of the outputs of {1} is {2}");

    public static readonly DiagnosticDescriptor LabelsOfMap = Error(
        "FUSED031",
        "Labels of a map",
        "Labels name the values of a vector, but the output of {0} is the map {1}");

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

    public static readonly DiagnosticDescriptor LabelsOfNoOutput = Error(
        "FUSED035",
        "Labels of none of several outputs",
        "Labels {0}: set Output to one of {1}");
}
