"""Figures of critics by `scikit-learn`: one JSON object a line in, {"critic": [score, …], "true": [0 or 1, …], "problem": [name, …]}, one out.

Brier score, AUC within problems weighted by their pairs, isotonic regression, and Platt's sigmoid of the scores' logits fitted with his
smoothed targets.
"""
import json
import sys

import numpy as np
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, roc_auc_score


def logit(scores):
    clipped = np.clip(scores, 1e-4, 1 - 1e-4)
    return np.log(clipped / (1 - clipped))


def platt(scores, true):
    """Soft targets as two weighted rows a point."""
    positives = true.sum()
    high, low = (positives + 1) / (positives + 2), 1 / (len(true) - positives + 2)
    target = np.where(true == 1, high, low)
    x = np.concatenate([logit(scores), logit(scores)]).reshape(-1, 1)
    y = np.concatenate([np.ones(len(true)), np.zeros(len(true))])
    weight = np.concatenate([target, 1 - target])
    model = LogisticRegression(C=np.inf, tol=1e-12, max_iter=10000).fit(x, y, sample_weight=weight)
    return float(model.coef_[0][0]), float(model.intercept_[0])


for line in open(sys.argv[1]):
    given = json.loads(line)
    scores, true = np.array(given["critic"]), np.array(given["true"])
    problems = np.array(given["problem"])
    won = pairs = 0
    for problem in set(given["problem"]):
        own = problems == problem
        count = int(true[own].sum() * (1 - true[own]).sum())
        if count:
            won += roc_auc_score(true[own], scores[own]) * count
            pairs += count
    probes = np.linspace(0, 1, 21)
    isotonic = IsotonicRegression(out_of_bounds="clip", y_min=0, y_max=1).fit(scores, true)
    print(
        json.dumps(
            {
                "brier": float(brier_score_loss(true, scores)),
                "auc": won / pairs if pairs else None,
                "isotonic": [float(v) for v in isotonic.predict(probes)],
                "platt": platt(scores, true),
            }
        )
    )
