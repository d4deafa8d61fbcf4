"""Measures a policy (greedy, pass@k, majority) and a critic (within-problem AUC, best-of-n, calibration)."""

import math
import random

import torch

import stories
from model import generate


def held_out(split, count, tier="standard"):
    rng, seen, out = random.Random(f"problems-{tier if tier != 'standard' else split}"), set(), []
    while len(out) < count:  # the same draws as the committed problem files, in the same order
        s = stories.draw(rng, split, tier)
        key = stories.normalised(s.prompt)
        if key not in seen:
            seen.add(key)
            out.append(s)
    return out


def wilson(hits, n, z=1.96):
    """95 % interval of a share."""
    p = hits / n
    mid, half = (p + z * z / (2 * n)) / (1 + z * z / n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return [round(mid - half, 3), round(mid + half, 3)]


def share(hits):
    hits = list(hits)
    return {"share": round(sum(hits) / len(hits), 3), "ci95": wilson(sum(hits), len(hits)), "n": len(hits)}


def majority(answers):
    votes = {}
    for a in answers:
        if a is not None:
            votes[a] = votes.get(a, 0) + 1
    return max(votes, key=votes.get) if votes else None


def samples(model, text, problems, k, temperature, seed=7):
    rng = torch.Generator().manual_seed(seed)
    out = generate(model, [text.prompt(s.prompt) for s in problems for _ in range(k)], temperature, rng=rng)
    return [[text.lines(out[i * k + j]) for j in range(k)] for i in range(len(problems))], sum(map(len, out)) / len(out)


def policy(model, text, split, n, k, temperature=0.8, tier="standard"):
    model.eval()
    problems = held_out(split, n, tier)
    greedy, tokens = samples(model, text, problems, 1, 0)
    drawn, _ = samples(model, text, problems, k, temperature)
    right = [[stories.outcome(s, x) for x in d] for s, d in zip(problems, drawn)]
    model.train()
    return {
        "greedy": share(stories.outcome(s, g[0]) for s, g in zip(problems, greedy)),
        "pass@1": round(sum(map(sum, right)) / (n * k), 3),
        f"pass@{k}": share(any(r) for r in right),
        f"majority@{k}": share(majority(map(stories.final_answer, d)) == s.answer for s, d in zip(problems, drawn)),
        "greedyTokens": round(tokens, 1),
    }
