"""Trains the critic on a trunk that learned longer than the policy and knows more.

The trunk (`trunk.pt`) went on from the policy's plateau on the same stream; two blocks are put on top of it (they begin
as identities), which can compare what the trunk expected with what is there. The critic sees gold solutions (language
loss and labels), endless corrupted ones (labels) and the policy's own answers; right and wrong answers of one problem
meet in a pair loss.

    python train_critic.py --work FOLDER [--steps 4500]
"""

import argparse
import json
import os
import pickle
import random
import time
from collections import defaultdict
from pathlib import Path

import torch
import torch.nn.functional as F

import batches
from model import Config, Muon, TinyLlama
from text import PAD, Text
from train_policy import schedule

LAYERS = 6


def new_critic(vocab):
    return TinyLlama(Config(vocab, layers=LAYERS, critic=True))


def grown(vocab, trunk):
    """A critic that computes what `trunk` (a state dict of 4 blocks) computes, with two more blocks to learn with."""
    critic = new_critic(vocab)
    own = critic.state_dict()
    for name, tensor in trunk.items():
        own[name].copy_(tensor)
    for added in (4, 5):
        own[f"blocks.{added}.o.weight"].zero_()
        own[f"blocks.{added}.down.weight"].zero_()
    return critic


def losses(model, hidden, tokens, rows):
    """(language, labels, pairs): cross-entropy of gold lines, of the labels, and of right over wrong in one problem."""
    language_weight = torch.zeros(tokens.shape)
    where, labels = [], []
    by_problem = defaultdict(list)
    for i, j in enumerate(rows):
        if j.gold:
            language_weight[i, j.prompt : len(j.ids)] = 1
            language_weight[i, 1 : j.prompt] = batches.PROMPT_WEIGHT
        for place, label in zip(j.places, j.labels):
            if label[1] >= 0:
                by_problem[j.problem].append((len(where), label))
            where.append((i, place))
            labels.append(label)
    w = language_weight[:, 1:]
    gold_rows = [i for i, j in enumerate(rows) if j.gold]
    logits = F.linear(hidden[gold_rows, :-1], model.emb.weight).float()
    ce = F.cross_entropy(logits.flatten(0, 1), tokens[gold_rows, 1:].flatten(), reduction="none").view(len(gold_rows), -1)
    language = (ce * w[gold_rows]).sum() / (w[gold_rows] > 0.5).sum()

    at = torch.tensor(where)
    scores = model.heads(hidden[at[:, 0], at[:, 1]].float())
    y = torch.tensor(labels)
    known = (y >= 0).float()
    judged = (F.binary_cross_entropy_with_logits(scores, y.clamp(min=0), reduction="none") * known).sum() / known.sum()

    gaps = []
    for places in by_problem.values():
        for head in (1, 2):
            right = [k for k, label in places if label[head] == 1]
            wrong = [k for k, label in places if label[head] == 0]
            if right and wrong:
                gaps.append((scores[right, head][:, None] - scores[wrong, head][None, :]).flatten())
    pairs = F.softplus(-torch.cat(gaps)).mean() if gaps else torch.zeros(())
    return language, judged, pairs


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--work", type=Path, required=True)
    a.add_argument("--steps", type=int, default=4500)
    a.add_argument("--size", type=int, default=48)
    a.add_argument("--eager", action="store_true")
    a = a.parse_args()
    torch.set_num_threads(int(os.environ.get("THREADS", "1")))
    torch.manual_seed(2)
    text = Text(a.work)
    path, start = a.work / "critic.pt", 0
    model = new_critic(text.size) if path.exists() else grown(text.size, torch.load(a.work / "trunk.pt")["model"])
    optimizer = Muon(model, lr=0.006, adam_lr=1e-3)
    if path.exists():
        saved = torch.load(path)
        model.load_state_dict(saved["model"])
        optimizer.load(saved["optimizer"])
        start = saved["step"]
    print("parameters", sum(p.numel() for p in model.parameters()), "from step", start, flush=True)
    hidden_of = model.hidden if a.eager else torch.compile(model.hidden)
    rng = random.Random(f"critic-{start}")
    rollouts = pickle.loads((a.work / "rollouts.pickle").read_bytes())
    stream = batches.judged(text, rng, a.size, rollouts)
    clock, seen, running, step = time.time(), 0, [None] * 3, start
    while step < a.steps:
        rows = next(stream)
        if not any(j.gold for j in rows):
            continue
        tokens = batches.padded([j.ids for j in rows])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            hidden = hidden_of(tokens)
            parts = losses(model, hidden, tokens, rows)
        loss = parts[0] + parts[1] + 0.5 * parts[2]
        model.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step(schedule(step, a.steps, plateau=0.1, fall=0.9))
        step += 1
        seen += int((tokens != PAD).sum())
        running = [float(p.detach()) if r is None else 0.98 * r + 0.02 * float(p.detach()) for r, p in zip(running, parts)]
        if step % 200 == 0:
            print(f"step {step} language {running[0]:.4f} labels {running[1]:.4f} pairs {running[2]:.4f} "
                  f"tokens/s {seen / (time.time() - clock):.0f}", flush=True)
        if step % 1000 == 0 or step == a.steps:
            torch.save({"model": model.state_dict(), "optimizer": optimizer.state(), "step": step}, str(path) + ".new")
            os.replace(str(path) + ".new", path)


if __name__ == "__main__":
    main()
