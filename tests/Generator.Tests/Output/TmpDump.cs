namespace Fused.Generator.Tests.Output;

public class TmpDump
{
    [Fact]
    public void Dump()
    {
        foreach (string f in Directory.GetFiles("/tmp/see", "*.in"))
        {
            Generated g = Generated.From(File.ReadAllText(f));
            string dir = f[..^3]; Directory.CreateDirectory(dir);
            foreach (GeneratedFile file in g.Files) File.WriteAllText(Path.Combine(dir, file.HintName), file.Source);
            File.WriteAllLines(Path.Combine(dir, "diag"), g.Diagnostics().Select(d => d.ToString()));
        }
    }
}
