"""Samples answers of the trained policy to training problems: what the critics must learn to judge.

    python rollouts.py --work FOLDER [--problems 2600]
"""

import argparse
import pickle
import random
from pathlib import Path

import torch

import stories
from model import generate, loaded
from text import Text


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--work", type=Path, required=True)
    a.add_argument("--problems", type=int, default=2600)
    a.add_argument("--each", type=int, default=8)
    a = a.parse_args()
    torch.set_num_threads(1)
    text = Text(a.work)
    model = loaded(torch.load(a.work / "policy.pt")["model"])
    model.eval()
    rng, out = random.Random("rollouts"), []
    draws = torch.Generator().manual_seed(11)
    for start in range(0, a.problems, 100):
        found = [stories.draw(rng, "train", stories.mixed_tier(rng)) for _ in range(100)]
        prompts = [text.prompt(s.prompt) for s in found for _ in range(a.each)]
        ids = generate(model, prompts, 1.0 if start % 200 else 0.8, rng=draws)
        for i, s in enumerate(found):
            out.append((s, [text.lines(x) for x in ids[i * a.each : (i + 1) * a.each]]))
        if start % 1000 == 0:
            print(start + 100, flush=True)
    path = a.work / "rollouts.pickle"
    path.with_suffix(".new").write_bytes(pickle.dumps(out))
    path.with_suffix(".new").rename(path)


if __name__ == "__main__":
    main()
