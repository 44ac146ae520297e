using System.Reflection;
using System.Runtime.Loader;
using Fused.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Fused.Generator.Tests.Output;

/// <summary>
/// What is generated is marked as such, and nothing of the user's is: a tool that measures what tests reach leaves out what is marked, and no
/// more.
/// </summary>
public class MarkTests
{
    private const string Model = """
        using Fused;
        [FusedModel, Input(4, 4, 8), GlobalAveragePooling2D, Dense(3, Activation = Activation.Softmax), Labels("cat", "dog", "fox")]
        public partial class Head
        {
            public static int Own(int value) => value + 1;
        }
        """;

    private static readonly Generated Generated = Generated.From(Model);

    [Fact]
    public void The_users_class_is_not() => Assert.Equal(["FusedModel", "Input", "GlobalAveragePooling2D", "Dense", "Labels"], Attributes(Head).Select(name => name.Replace("Attribute", "", StringComparison.Ordinal)));

    [Fact]
    public void The_users_members_are_not() => Assert.Empty(Attributes(Assert.Single(Head.GetMembers("Own"))));

    /// <summary>Those of the GPU's file too, which is written where <c>Fused.Gpu</c> is referenced.</summary>
    [Fact]
    public void Every_generated_member_is()
    {
        CSharpCompilation declared = Compilations.Create(Model);
        ParsedModel parsed = ModelParser.Parse(declared.GetTypeByMetadataName("Head")!, CancellationToken.None);
        CompiledModel compiled = Compiler.Run(parsed.Spec! with { Surroundings = parsed.Spec.Surroundings with { HasGpu = true } }, CancellationToken.None);
        CSharpCompilation whole = declared.AddSyntaxTrees(compiled.Files.Items.Select(file => CSharpSyntaxTree.ParseText(file.Source, Compilations.ParseOptions, file.HintName)));

        ISymbol[] members = [.. whole.GetTypeByMetadataName("Head")!.GetMembers().Where(member => !member.IsImplicitlyDeclared && IsGenerated(member) && member is not IMethodSymbol { AssociatedSymbol: not null })];
        Assert.Contains(members, member => member.Name.EndsWith("CreateGpuProgram", StringComparison.Ordinal));
        Assert.Contains(members, member => member is INamedTypeSymbol { Name: "Compiled" });
        Assert.Contains(members, member => member is IMethodSymbol { MethodKind: MethodKind.Constructor });
        Assert.All(members, member =>
        {
            string[] attributes = [.. Attributes(member)];
            Assert.Contains("GeneratedCodeAttribute", attributes);

            // A field has no code, and the second attribute is not for fields.
            Assert.Equal(member is not IFieldSymbol, attributes.Contains("ExcludeFromCodeCoverageAttribute"));
        });
    }

    /// <summary>As such a tool sees it: the methods of the compiled class, the compiler's own too.</summary>
    [Fact]
    public void No_code_of_the_class_but_the_users_is_left_to_measure()
    {
        using var image = new MemoryStream();
        Assert.True(Generated.Compilation.Emit(image).Success);
        image.Position = 0;
        var context = new AssemblyLoadContext(null, isCollectible: true);
        try
        {
            Type head = context.LoadFromStream(image).GetType("Head")!;
            const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
            HashSet<MethodBase> ofProperties = [.. head.GetProperties(All).Where(IsLeftOut).SelectMany(property => property.GetAccessors(nonPublic: true))];

            Assert.Equal(
                ["Own"],
                head.GetMembers(All).OfType<MethodBase>().Where(method => !IsLeftOut(method) && !ofProperties.Contains(method)).Select(method => method.Name));
            Assert.All(head.GetNestedTypes(All), nested => Assert.True(IsLeftOut(nested)));
        }
        finally
        {
            context.Unload();
        }

        static bool IsLeftOut(MemberInfo member) => member.GetCustomAttributesData().Any(data => data.AttributeType.Name == "ExcludeFromCodeCoverageAttribute");
    }

    /// <summary>The list by which collisions are found names what is generated, and nothing else.</summary>
    [Fact]
    public void The_generated_members_are_those_that_are_listed() => Assert.Equal(
        GeneratedMembers.KeysOf(Head),
        Head.GetMembers()
            .Where(member => !member.IsImplicitlyDeclared && IsGenerated(member) && member is not IMethodSymbol { MethodKind: not MethodKind.Ordinary } and not IPropertySymbol { ExplicitInterfaceImplementations.IsEmpty: false })
            .Select(GeneratedMembers.KeyOf)
            .Order(StringComparer.Ordinal));

    private static INamedTypeSymbol Head => Generated.Compilation.GetTypeByMetadataName("Head")!;

    private static bool IsGenerated(ISymbol member) => member.Locations.All(place => place.SourceTree!.FilePath.EndsWith(".g.cs", StringComparison.Ordinal));

    private static IEnumerable<string> Attributes(ISymbol symbol) => symbol.GetAttributes().Select(attribute => attribute.AttributeClass!.Name);
}
