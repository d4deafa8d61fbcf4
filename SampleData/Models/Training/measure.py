"""Measures a policy (greedy, pass@k, majority) and a critic (within-problem AUC, best-of-n, calibration)."""

import math
import random

import torch

import stories
import train_heads
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


# ---- the critic ---------------------------------------------------------------------------------------------------


def auc(pairs):
    """Probability that a right one scores above a wrong one, ties half; None without both kinds."""
    right, wrong = [s for s, y in pairs if y], [s for s, y in pairs if not y]
    if not right or not wrong:
        return None
    return sum((a > b) + 0.5 * (a == b) for a in right for b in wrong) / (len(right) * len(wrong))


def bootstrap(values, draws=2000, seed=3):
    """95 % interval of the mean over problems."""
    rng = random.Random(seed)
    means = sorted(sum(rng.choices(values, k=len(values))) / len(values) for _ in range(draws))
    return [round(means[int(draws * 0.025)], 3), round(means[int(draws * 0.975)], 3)]


def calibration_error(pairs, bins=10):
    """Expected calibration error over equal-width bins."""
    groups = [[] for _ in range(bins)]
    for s, y in pairs:
        groups[min(bins - 1, int(s * bins))].append((s, y))
    return sum(abs(sum(s for s, _ in g) - sum(y for _, y in g)) for g in groups) / len(pairs)


def head_logits(critic, text, story_answers):
    """For every (story, lines): logits of the heads at the question's end and at every line's end. Lists of [3]."""
    trunk, weight, bias = critic
    return [(x @ weight.T + bias).tolist() for x in train_heads.features(trunk, text, story_answers)]


def judged_samples(policy_model, critic, text, split, n, k, temperature=0.8, tier="standard"):
    """(story, [(lines, labels per line, outcome, logits per place)]) for `k` samples of `n` problems."""
    policy_model.eval()
    problems = held_out(split, n, tier)
    drawn, _ = samples(policy_model, text, problems, k, temperature)
    flat = [(s, x) for s, answers in zip(problems, drawn) for x in answers]
    logits = head_logits(critic, text, flat)
    out = []
    for i, s in enumerate(problems):
        rows = []
        for j, lines in enumerate(drawn[i]):
            rows.append((lines, stories.line_labels(s, lines), stories.outcome(s, lines), logits[i * k + j]))
        out.append((s, rows))
    return out


def sigmoid(x):
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, x))))


def critic_report(judged, scale=None):
    """The critic's figures; `scale` is [(slope, shift)] a head, applied to the logits."""
    scale = scale or [(1, 0)] * 3

    def score(place, head):
        return sigmoid(place[head] * scale[head][0] + scale[head][1])

    within_orm, within_prm, within_line = [], [], []
    orm_pairs, prm_pairs, value_pairs = [], [], []
    best, weakest, major, oracle, weighted = [], [], [], [], []
    for story, rows in judged:
        orm = [(score(places[-1], 2), ok) for _, _, ok, places in rows]
        prm = [(min([score(p, 1) for p in places[1:]] or [0]), ok) for _, _, ok, places in rows]
        lines = [(score(p, 1), all(good[: k + 1])) for _, good, _, places in rows for k, p in enumerate(places[1:])]
        for pairs, into in ((orm, within_orm), (prm, within_prm), (lines, within_line)):
            a = auc(pairs)
            if a is not None:
                into.append(a)
        orm_pairs += orm
        prm_pairs += lines
        value_pairs += [(score(p, 0), ok) for _, _, ok, places in rows for p in places]
        best.append(max(orm, key=lambda x: x[0])[1])
        weakest.append(max(prm, key=lambda x: x[0])[1])
        answers = [stories.final_answer(x[0]) for x in rows]
        major.append(majority(answers) == story.answer)
        votes = {}
        for a, (s, _) in zip(answers, orm):
            if a is not None:
                votes[a] = votes.get(a, 0) + s
        weighted.append(bool(votes) and max(votes, key=votes.get) == story.answer)
        oracle.append(any(ok for _, ok in orm))
    k = len(judged[0][1])
    gain = [float(b) - float(m) for b, m in zip(best, major)]
    return {
        "within-problem AUC, ORM": {"mean": round(sum(within_orm) / len(within_orm), 3), "ci95": bootstrap(within_orm), "n": len(within_orm)},
        "within-problem AUC, PRM (weakest line)": {"mean": round(sum(within_prm) / len(within_prm), 3), "ci95": bootstrap(within_prm), "n": len(within_prm)},
        "within-problem AUC, PRM (every line)": {"mean": round(sum(within_line) / len(within_line), 3), "ci95": bootstrap(within_line), "n": len(within_line)},
        "ECE": {"value": round(calibration_error(value_pairs), 3), "prm": round(calibration_error(prm_pairs), 3), "orm": round(calibration_error(orm_pairs), 3)},
        f"majority@{k}": share(major),
        f"best of {k} by ORM": share(best),
        f"best of {k} by weakest PRM line": share(weakest),
        f"ORM-weighted vote of {k}": share(weighted),
        f"oracle of {k}": share(oracle),
        "best by ORM minus majority": {"mean": round(sum(gain) / len(gain), 3), "ci95": bootstrap(gain)},
    }
