"""Endless padded batches, sequences of like length together, padded to multiples of 16 so that few shapes are compiled."""

import torch

import stories
from text import EOS, PAD

STEP = 16
PROMPT_WEIGHT = 0.05


def tier(rng):
    return rng.choices(("standard", "easy", "hard"), (0.8, 0.14, 0.06))[0]


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
            s = stories.draw(rng, "train", tier(rng))
            p, a = text.prompt(s.prompt), text.solution(s.solution) + [EOS]
            items.append((len(p) + len(a), p, a))
        for batch in grouped(items, size, rng):
            tokens = padded([p + a for _, p, a in batch])
            weights = torch.zeros(tokens.shape)
            for i, (n, p, _) in enumerate(batch):
                weights[i, 1 : len(p)] = PROMPT_WEIGHT
                weights[i, len(p) : n] = 1
            yield tokens, weights


class Judged:
    """One solution with the labels of its lines.

    places: positions of line ends (the first is the question's); labels: per place (value, prm, orm), -1 = no label.
    """

    __slots__ = ("ids", "prompt", "places", "labels", "problem", "gold")

    def __init__(self, text, story, lines, problem, gold, value=-1.0):
        p = text.prompt(story.prompt)
        self.ids = p + text.solution(lines)
        self.prompt, self.problem, self.gold = len(p), problem, gold
        self.places = [i for i, t in enumerate(self.ids) if t in text.line_ends and i >= len(p) - 1]
        good = stories.line_labels(story, lines)
        outcome = float(stories.outcome(story, lines))
        self.labels = [(value, -1.0, -1.0)]
        for k in range(1, len(self.places)):
            last = k == len(self.places) - 1
            prm = float(all(good[:k])) if k <= len(good) else 0.0
            self.labels.append((value, prm, outcome if last else -1.0))


def judged(text, rng, size, rollouts=None, mega=12):
    """Batches of `Judged`; the answers to one problem stay together, so that right and wrong ones can be compared.

    A gold solution comes with a corrupted one; with `rollouts` (story, [lines]) about half of the rows are the policy's.
    """
    while True:
        groups, rows = [], 0
        while rows < size * mega:
            group = _rollout_group(text, rng, rollouts) if rollouts and rng.random() < 0.33 else _gold_pair(text, rng)
            groups.append(group)
            rows += len(group)
        groups.sort(key=lambda g: max(len(j.ids) for j in g))
        full, batch = [], []
        for group in groups:
            if len(batch) + len(group) <= size:  # one that would overflow is left out: every batch has one shape
                batch += group
            if len(batch) == size:
                full.append(batch)
                batch = []
        rng.shuffle(full)
        yield from full


def _gold_pair(text, rng):
    while True:
        s = stories.draw(rng, "train", tier(rng))
        wrong = stories.corrupted(s, rng)
        if wrong:
            return [Judged(text, s, s.solution, id(s), True), Judged(text, s, wrong[0], id(s), False)]


def _rollout_group(text, rng, rollouts):
    """Four answers of the policy, two right and two wrong where it gave both."""
    story, answers = rng.choice(rollouts)
    answers = rng.sample(answers, len(answers))
    right = [x for x in answers if stories.outcome(story, x)]
    wrong = [x for x in answers if not stories.outcome(story, x)]
    chosen = (right[:2] + wrong[:2] + right[2:] + wrong[2:])[:4]
    return [Judged(text, story, x, id(story), False, float(stories.outcome(story, x))) for x in chosen]
