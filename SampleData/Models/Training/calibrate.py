"""Fits slope and shift of each head's logit on the dev split, folds them into the heads, measures on the test split.

    python calibrate.py --work FOLDER [--peek]        --peek: dev figures of the present checkpoint only
"""

import argparse
import json
from pathlib import Path

import torch

import measure
from model import loaded
from text import Text


def fit(pairs):
    """Slope and shift of a logistic regression on (logit, label)."""
    x, y = torch.tensor([p[0] for p in pairs]), torch.tensor([float(p[1]) for p in pairs])
    w = torch.tensor([1.0, 0.0], requires_grad=True)
    optimizer = torch.optim.LBFGS([w], max_iter=100, line_search_fn="strong_wolfe")

    def loss():
        optimizer.zero_grad()
        value = torch.nn.functional.binary_cross_entropy_with_logits(x * w[0] + w[1], y)
        value.backward()
        return value

    optimizer.step(loss)
    return w.detach().tolist()


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--work", type=Path, required=True)
    a.add_argument("--peek", action="store_true")
    a.add_argument("--dev", type=int, default=300, help="dev problems to fit on")
    a.add_argument("--test", type=int, default=400, help="test problems to measure on")
    a = a.parse_args()
    torch.set_num_threads(1)
    text = Text(a.work)
    policy = loaded(torch.load(a.work / "policy.pt")["model"])
    saved = torch.load(a.work / "critic.pt")
    weight, bias = saved["model"].pop("heads.weight"), saved["model"].pop("heads.bias")
    trunk = loaded(saved["model"])
    trunk.eval()
    critic = (trunk, weight, bias)
    dev = measure.judged_samples(policy, critic, text, "dev", 120 if a.peek else a.dev, 16)
    scale = [
        fit([(p[0], ok) for _, rows in dev for _, _, ok, places in rows for p in places]),
        fit([(p[1], all(good[: k + 1])) for _, rows in dev for _, good, _, places in rows for k, p in enumerate(places[1:])]),
        fit([(places[-1][2], ok) for _, rows in dev for _, _, ok, places in rows]),
    ]
    print("scale", scale)
    print(json.dumps(measure.critic_report(dev, scale), indent=1))
    if a.peek:
        return
    for h, (slope, shift) in enumerate(scale):
        weight[h] *= slope
        bias[h] = bias[h] * slope + shift
    torch.save({"model": {**trunk.state_dict(), "heads.weight": weight, "heads.bias": bias}}, a.work / "critic_calibrated.pt")
    test = measure.judged_samples(policy, critic, text, "test", a.test, 16)
    report = {"rollouts": saved["rollouts"], "dev": a.dev, "test": a.test, "critic": measure.critic_report(test)}
    earlier = json.loads((a.work / "report.json").read_text()) if (a.work / "report.json").exists() else {}
    for name, n, tier in (("policy", 600, "standard"), ("policy on easy", 60, "easy"), ("policy on hard", 200, "hard")):
        report[name] = earlier.get(name) or measure.policy(policy, text, "test", n, 16, tier=tier)
    (a.work / "report.json").write_text(json.dumps(report, indent=1))
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
