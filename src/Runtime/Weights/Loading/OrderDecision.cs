namespace Fused;

/// <summary>
/// Decides in which order the kernels of a file lie. What is stated holds; else a shape that can mean only one thing; else what tells
/// the order of the file's other tensors; else what the file says of itself; else its words: PyTorch's order for <c>weight</c>, Keras's for
/// <c>kernel</c> and what Keras and NumPy number. A name that says nothing is not guessed at.
/// </summary>
internal sealed class OrderDecision(IReadOnlyList<MatchedTensor> matches, WeightSource source)
{
    private readonly OrderEvidence _evidence = new(matches, source);

    public void Decide()
    {
        foreach (MatchedTensor match in matches)
        {
            if (match.IsKernel)
                DecideAlone(match);
        }

        foreach (MatchedTensor match in matches)
        {
            if (match.IsKernel && match.Reason.Length == 0)
                new Choice(match).Decide(_evidence);
        }
    }

    private static void DecideAlone(MatchedTensor match)
    {
        TensorSpec spec = match.Spec;
        if (match.Stated != KernelOrder.Unspecified)
        {
            if (!KernelFits.HasAlike(spec, match.Fit, match.Stated))
            {
                match.Report(
                    $"{match.File!.Quoted} has shape {TensorShape.Format(match.File.Info.Shape)}, which is {KernelFits.Text(spec, match.Fit)} for {spec}; stated is {KernelLayout.Text(spec, match.Stated)}");
            }

            Take(match, match.Stated, "stated");
        }
        else if (KernelFits.Only(spec, match.Fit) is var only and not KernelOrder.Unspecified)
        {
            string same = spec.Shape.Length == 2 ? "with one input or output either order is the same" : "every order is the same";
            Take(match, only, match.Fit == KernelFit.Any ? same : "its shape tells");
        }
    }

    private static void Take(MatchedTensor match, KernelOrder order, string reason) => (match.Order, match.Reason) = (order, reason);

    /// <summary>What is left for a kernel whose shape leaves a choice, as one thing after the other is asked.</summary>
    private sealed class Choice(MatchedTensor match)
    {
        private const string HowToState = "state it by KernelOrder in WeightLoadOptions, or in Names";

        private readonly FileTensor _file = match.File!;
        private Conventions _left = ConventionOrders.Of(match.Fit, match.File!.Info.Shape);

        public void Decide(OrderEvidence evidence)
        {
            if (Follow(evidence.OfKernels(match)) || Follow(evidence.OfLayers(_file)) || Follow(evidence.OfBiases()))
                return;

            string word = OrderEvidence.Kind(_file);
            if (word == TensorNames.Kernel && Settle(Conventions.Keras, "the order of Keras and Flax, whose word is kernel"))
                return;
            if (PositionOrder.IsKeras(_file.Name) && Settle(Conventions.Keras, "the order of Keras, which numbers its weights so"))
                return;
            if (Follow(evidence.OfMetadata()))
                return;
            if (word == TensorNames.Weight && Settle(Conventions.PyTorch, "PyTorch's order, the default for weight: nothing tells another"))
                return;
            if (word == TensorNames.Weight && Settle(Conventions.Paddle, "the order of Paddle and Burn, whose matrices the file has"))
                return;
            match.Report($"{Subject()}, and nothing tells whether it is {Text(_left)}; {HowToState}");
        }

        /// <summary>Follows what others tell, if they tell one thing; what they leave open is left to the next.</summary>
        private bool Follow(IEnumerable<Evidence> evidence)
        {
            Conventions all = ConventionOrders.Of(match.Fit, _file.Info.Shape), told = all;
            var heard = new List<Evidence>();
            string because = "";
            foreach (Evidence item in evidence)
            {
                // What cannot be true of this kernel tells nothing of it, nor does what leaves all that its shape leaves.
                Conventions possible = item.For & all;
                if (possible == Conventions.None || possible == all)
                    continue;
                if ((told & possible) == Conventions.None)
                {
                    ReportContradiction(heard.Find(other => (other.For & possible) == Conventions.None) ?? heard[0], item);
                    return true;
                }

                if ((told & possible) == told)
                    continue;
                if ((_left & told & possible) != (_left & told))
                    because = item.Because;
                told &= possible;
                heard.Add(item);
            }

            // Who was asked before has the better right.
            if ((_left & told) == Conventions.None)
                return false;
            _left &= told;
            return because.Length > 0 && Settle(_left, because);
        }

        /// <summary>Takes the order that these conventions have, if it is one and still possible.</summary>
        private bool Settle(Conventions conventions, string because)
        {
            KernelOrder only = KernelFits.Only(match.Spec, Orders(conventions & _left));
            if (only == KernelOrder.Unspecified)
                return false;
            Take(match, only, because);
            return true;
        }

        private void ReportContradiction(Evidence one, Evidence other)
        {
            if (Orders(one.For) > Orders(other.For) && (Orders(other.For) & KernelFit.InputsFirst) != 0)
                (one, other) = (other, one);
            match.Report($"{Subject()}, and the file contradicts itself: {Text(one.For)} {one.Because}, {Text(other.For)} {other.Because}; {HowToState}");
            match.Reason = "not decided";
        }

        private KernelFit Orders(Conventions conventions) => ConventionOrders.Orders(conventions, _file.Info.Shape) & match.Fit;

        private string Text(Conventions conventions) => KernelFits.Text(match.Spec, Orders(conventions));

        private string Subject() =>
            $"{_file.Quoted} {TensorShape.Format(_file.Info.Shape)} {(match.Spec.Shape.Length == 2 ? "is square" : "may lie in more than one order")}";
    }
}
