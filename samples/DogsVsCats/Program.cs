System.Console.WriteLine("DogsVsCats");
