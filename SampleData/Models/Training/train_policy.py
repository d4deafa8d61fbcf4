"""Trains a language model on the stories: warm-up, plateau, linear decay; resumable from its last checkpoint.

    python train_policy.py --work FOLDER                                                                 the policy
    python train_policy.py --work FOLDER --name trunk --width 192 --ff 512 --steps 9000 --plateau 0.4    the critic's trunk
"""

import argparse
import json
import os
import random
import time
from pathlib import Path

import torch
import torch.nn.functional as F

import batches
import measure
from model import Config, Muon, TinyLlama
from text import Text


def schedule(step, steps, plateau=0.6, fall=0.65):
    """Learning-rate scale: warm-up of 40 steps, constant to `plateau`, then (1 - done) / `fall` down to 0.02."""
    done = step / steps
    return min(1.0, (step + 1) / 40) * (1 if done < plateau else max(0.02, min(1, (1 - done) / fall)))


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--work", type=Path, required=True)
    a.add_argument("--steps", type=int, default=4000)
    a.add_argument("--name", default="policy")
    a.add_argument("--width", type=int, default=128)
    a.add_argument("--layers", type=int, default=4)
    a.add_argument("--ff", type=int, default=352)
    a.add_argument("--plateau", type=float, default=0.75, help="share of the steps at the full learning rate")
    a.add_argument("--size", type=int, default=48)
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--eager", action="store_true", help="do without torch.compile")
    a = a.parse_args()
    torch.set_num_threads(int(os.environ.get("THREADS", "1")))
    torch.manual_seed(a.seed)
    text = Text(a.work)
    model = TinyLlama(Config(text.size, a.width, a.layers, a.ff))
    optimizer, start, path = Muon(model), 0, a.work / f"{a.name}.pt"
    if path.exists():
        saved = torch.load(path)
        model.load_state_dict(saved["model"])
        optimizer.load(saved["optimizer"])
        start = saved["step"]
    print("parameters", sum(p.numel() for p in model.parameters()), "from step", start, flush=True)
    forward = model if a.eager else torch.compile(model)
    rng = random.Random(f"{a.name}-{a.seed}-{start}")  # a resumed run draws other stories
    stream = batches.language(text, rng, a.size)
    clock, tokens_seen, running = time.time(), 0, None
    for step in range(start, a.steps):
        tokens, weights = next(stream)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = forward(tokens[:, :-1])
        w = weights[:, 1:]
        ce = F.cross_entropy(logits.float().flatten(0, 1), tokens[:, 1:].flatten(), reduction="none").view_as(w)
        solution = (w > 0.5).sum()
        loss = (ce * w).sum() / solution
        model.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step(schedule(step, a.steps, a.plateau))
        now = float((ce.detach() * (w > 0.5)).sum() / solution)
        running = now if running is None else 0.98 * running + 0.02 * now
        tokens_seen += int((tokens != 0).sum())
        if (step + 1) % 200 == 0:
            print(f"step {step + 1} loss {running:.4f} tokens/s {tokens_seen / (time.time() - clock):.0f}", flush=True)
        if (step + 1) % 1000 == 0 or step + 1 == a.steps:
            torch.save({"model": model.state_dict(), "optimizer": optimizer.state(), "step": step + 1}, str(path) + ".new")
            os.replace(str(path) + ".new", path)
            n = 300 if step + 1 == a.steps else 100
            print("dev", step + 1, json.dumps(measure.policy(model, text, "dev", n, 16)), flush=True)


if __name__ == "__main__":
    main()
