#!/usr/bin/env python3
"""Computes the table's workloads in PyTorch, when it is asked to: a contestant in a process of its own.

    apt-get install python3-torch libopenblas0-pthread     # or pip install torch
    dotnet run -c Release --project tests/Benchmarks -- table --pytorch

The table starts one process for each number of threads and talks to it through pipes: lines of words, and float32 in this machine's
byte order after them. It times itself, so that the pipes do not count; Python's calls do, a few microseconds an operator, as they do
for who serves a model from Python.

    load nhwc 8 8 8 2048 1000    batch, height, width, channels, and the outputs of each layer; the samples follow, then each layer's
                                 kernel (inputs, outputs) and bias. Answers "ready".
    time mean 20                 answers the seconds of 20 calls
    predict mean                 answers the results of one call

pool is AdaptiveAvgPool2d, with channels-last maps in PyTorch's own channels_last format; mean is x.mean over the positions. Both then
have Linear layers with relu, the last one with softmax. A vector is not pooled, whichever of them is asked for.
"""

import sys
import time

try:
    import torch
except ImportError:
    sys.exit(1)  # The table says what is missing.


def main():
    torch.set_num_threads(int(sys.argv[1]))
    print(f"PyTorch {torch.__version__}", flush=True)
    ways = {}
    with torch.inference_mode():
        for line in iter(sys.stdin.buffer.readline, b""):
            command, *words = line.decode().split()
            if command == "load":
                ways = load(words[0], *map(int, words[1:]))
                print("ready", flush=True)
            elif command == "time":
                print(repr(seconds(ways[words[0]], int(words[1]))), flush=True)
            else:
                sys.stdout.buffer.write(ways[words[0]]().contiguous().numpy().tobytes())
                sys.stdout.buffer.flush()


def load(layout, batch, height, width, channels, *widths):
    """The ways to compute a head, by their names."""
    first = layout == "nchw"
    x = read(batch, channels, height, width) if first else read(batch, height, width, channels)
    layers, inputs = [], channels
    for outputs in widths:
        linear = torch.nn.Linear(inputs, outputs)
        linear.weight.set_(read(inputs, outputs).T.contiguous())
        linear.bias.set_(read(outputs))
        layers += [linear, torch.nn.ReLU()]
        inputs = outputs
    dense = torch.nn.Sequential(*layers[:-1], torch.nn.Softmax(dim=1)).eval()
    if height * width == 1:
        vector = x.reshape(batch, channels)
        return dict.fromkeys(["pool", "mean"], lambda: dense(vector))

    pool = torch.nn.AdaptiveAvgPool2d(1)
    view = x if first else x.permute(0, 3, 1, 2)
    positions = (2, 3) if first else (1, 2)
    return {"pool": lambda: dense(pool(view).flatten(1)), "mean": lambda: dense(x.mean(positions))}


def read(*shape):
    """A tensor of the numbers that come next."""
    values = torch.empty(shape)
    memory = memoryview(values.numpy()).cast("B")
    count = 0
    while count < len(memory):
        got = sys.stdin.buffer.readinto(memory[count:])
        if not got:
            sys.exit("The input ended inside a tensor.")
        count += got
    return values


def seconds(run, calls):
    start = time.perf_counter()
    for _ in range(calls):
        run()
    elapsed = time.perf_counter() - start
    settle()
    return elapsed


def settle():
    """Waits until no thread is busy: OpenBLAS's spin on after a call, and would take a core from whoever comes next."""
    end = time.perf_counter() + 0.3
    busy = True
    while busy and time.perf_counter() < end:
        before = time.process_time()
        time.sleep(0.002)
        busy = time.process_time() - before > 0.0006


if __name__ == "__main__":
    main()
