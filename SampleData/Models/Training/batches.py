"""Endless padded batches, sequences of like length together, padded to multiples of 16 so that few shapes are compiled."""

import torch

import stories
from text import EOS, PAD

STEP = 16
PROMPT_WEIGHT = 0.05


def grouped(items, size, rng):
    """`items` (each with its length first) in shuffled batches of like length."""
    items.sort(key=lambda x: x[0])
    batches = [items[i : i + size] for i in range(0, len(items) - size + 1, size)]
    rng.shuffle(batches)
    return batches


def padded(rows):
    longest = max(len(r) for r in rows)
    width = (longest - 2) // STEP * STEP + STEP + 1
    out = torch.full((len(rows), width), PAD)
    for i, r in enumerate(rows):
        out[i, : len(r)] = torch.tensor(r)
    return out


def language(text, rng, size, mega=16):
    """(tokens, loss weights): the solution weighs 1, the question a little."""
    while True:
        items = []
        for _ in range(size * mega):
            s = stories.draw(rng, "train", stories.mixed_tier(rng))
            p, a = text.prompt(s.prompt), text.solution(s.solution) + [EOS]
            items.append((len(p) + len(a), p, a))
        for batch in grouped(items, size, rng):
            tokens = padded([p + a for _, p, a in batch])
            weights = torch.zeros(tokens.shape)
            for i, (n, p, _) in enumerate(batch):
                weights[i, 1 : len(p)] = PROMPT_WEIGHT
                weights[i, len(p) : n] = 1
            yield tokens, weights
