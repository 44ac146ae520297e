using System.Reflection;
using System.Runtime.Loader;
using Fused.Arm64;

if (args is not ["run" or "test", var path, ..])
{
    Console.Error.WriteLine("Usage: run PROGRAM.dll ARGUMENT ... | test TESTS.dll");
    return 2;
}

// What an assembly needs lies beside it, as its .deps.json says.
path = Path.GetFullPath(path);
var dependencies = new AssemblyDependencyResolver(path);
AssemblyLoadContext.Default.Resolving += (context, name) =>
    dependencies.ResolveAssemblyToPath(name) is { } found ? context.LoadFromAssemblyPath(found) : null;
Assembly assembly = AssemblyLoadContext.Default.LoadFromAssemblyPath(path);
return args[0] == "test" ? TestRun.Of(assembly) : AppDomain.CurrentDomain.ExecuteAssembly(path, args[2..]);
