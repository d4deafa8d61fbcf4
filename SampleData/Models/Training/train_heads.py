"""Puts value, PRM and ORM heads on the trunk: logistic regressions on what the trunk thinks of the policy's answers.

Fine-tuning the trunk for judging cost more of what it knows than the heads gained (see the card), so it stays as it is.
A head reads the trunk's final hidden state at a line's end and five numbers: the log-probability that the trunk gives to
the solution so far and to its last line, each as sum and as weakest token, and that of the least likely line.

    python train_heads.py --work FOLDER
"""

import argparse
import pickle
import random
from pathlib import Path

import torch
import torch.nn.functional as F

import stories
from model import loaded
from text import Text

FEATURES = ("solutionSum", "solutionWeakest", "lineSum", "lineWeakest", "weakestLine")
# L2 penalty of each head's weights on the hidden state (value, PRM, ORM). On 700 stories held out of the rollouts a free
# ORM has a within-problem AUC of .75, one that all but ignores the hidden state .77: 20,000 answers are too few for it.
HIDDEN_PENALTY = (1e-4, 0.03, 0.03)
FLOOR = -20.0  # a token less likely than this counts as this: one typing slip must not drown everything


@torch.no_grad()
def features(trunk, text, story_answers, batch=128):
    """For every (story, lines): [places, width + 5] at the question's end and at every line's end."""
    jobs = []
    for story, lines in story_answers:
        prompt = text.prompt(story.prompt)
        ids = prompt + text.solution(lines)
        jobs.append((ids, len(prompt), [i for i, t in enumerate(ids) if t in text.line_ends and i >= len(prompt) - 1]))
    out = [None] * len(jobs)
    order = sorted(range(len(jobs)), key=lambda i: len(jobs[i][0]))
    for s in range(0, len(order), batch):
        group = order[s : s + batch]
        longest = max(len(jobs[i][0]) for i in group)
        tokens = torch.zeros(len(group), longest, dtype=torch.long)
        for r, i in enumerate(group):
            tokens[r, : len(jobs[i][0])] = torch.tensor(jobs[i][0])
        hidden = trunk.hidden(tokens)
        logs = F.log_softmax(F.linear(hidden[:, :-1], trunk.emb.weight), -1).gather(2, tokens[:, 1:, None])[:, :, 0]
        logs = logs.clamp(min=FLOOR)
        for r, i in enumerate(group):
            ids, start, places = jobs[i]
            rows, line, weakest = [], start, 0.0
            for p in places:
                told = logs[r, start - 1 : p] if p >= start else logs[r, :0]
                last = logs[r, line - 1 : p] if p >= start else logs[r, :0]
                extra = [float(x.sum() if k == 0 else x.min()) if len(x) else 0.0 for x in (told, last) for k in (0, 1)]
                if len(last):
                    weakest = min(weakest, extra[2])
                extra.append(weakest)
                rows.append(torch.cat([hidden[r, p], torch.tensor(extra)]))
                line = p + 1
            out[i] = torch.stack(rows)
    return out


def labelled(text, trunk, rollouts):
    """(x, y, problem) at every place of every answer; y is (value, prm, orm), -1 where there is no label."""
    flat = [(s, lines) for s, answers in rollouts for lines in answers]
    xs, ys, problems = [], [], []
    for (s, lines), x in zip(flat, features(trunk, text, flat)):
        good, outcome = stories.line_labels(s, lines), float(stories.outcome(s, lines))
        for k in range(len(x)):
            last = k == len(x) - 1
            prm = -1.0 if k == 0 else float(k <= len(good) and all(good[:k]))
            ys.append((outcome, prm, outcome if last and k else -1.0))
            problems.append(id(s))
        xs.append(x)
    return torch.cat(xs), torch.tensor(ys), problems


def pairs_of(problems, y, rng, most=6):
    """Pairs (right, wrong) of places within one problem, at most `most` a problem."""
    by = {}
    for i, (p, label) in enumerate(zip(problems, y.tolist())):
        if label >= 0:
            by.setdefault(p, ([], []))[0 if label == 1 else 1].append(i)
    out = []
    for right, wrong in by.values():
        if right and wrong:
            out += [(rng.choice(right), rng.choice(wrong)) for _ in range(most)]
    return torch.tensor(out)


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--work", type=Path, required=True)
    a.add_argument("--steps", type=int, default=1500)
    a = a.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(5)
    text, rng = Text(a.work), random.Random(5)
    trunk = loaded(torch.load(a.work / "trunk.pt")["model"])
    trunk.eval()
    rollouts = pickle.loads((a.work / "rollouts.pickle").read_bytes())
    x, y, problems = labelled(text, trunk, rollouts)
    mean, spread = x.mean(0), x.std(0) + 1e-6
    z = (x - mean) / spread
    print("places", len(z), flush=True)
    weight, bias = torch.zeros(3, x.shape[1]), torch.zeros(3)
    for head in range(3):
        known = (y[:, head] >= 0).nonzero()[:, 0]
        pairs = pairs_of(problems, y[:, head], rng) if head else None
        w = torch.zeros(x.shape[1] + 1, requires_grad=True)
        optimizer = torch.optim.Adam([w], lr=0.02)
        for step in range(a.steps):
            for g in optimizer.param_groups:
                g["lr"] = 0.02 * (1 - step / a.steps)
            some = known[torch.randint(len(known), (4096,))]
            loss = F.binary_cross_entropy_with_logits(z[some] @ w[:-1] + w[-1], y[some, head])
            if pairs is not None:
                chosen = pairs[torch.randint(len(pairs), (2048,))]
                loss = loss + F.softplus(-(z[chosen[:, 0]] - z[chosen[:, 1]]) @ w[:-1]).mean()
            hidden = w[: -1 - len(FEATURES)]
            loss = loss + 1e-4 * w[:-1].square().sum() + HIDDEN_PENALTY[head] * hidden.square().sum()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        print("head", head, "loss", round(float(loss.detach()), 4), "weights of the five", (w[-6:-1]).tolist(), flush=True)
        weight[head] = w[:-1].detach() / spread
        bias[head] = float(w.detach()[-1]) - float((w[:-1].detach() / spread) @ mean)
    torch.save({"model": {**trunk.state_dict(), "heads.weight": weight, "heads.bias": bias}, "rollouts": len(rollouts)},
               a.work / "critic.pt")


if __name__ == "__main__":
    main()
