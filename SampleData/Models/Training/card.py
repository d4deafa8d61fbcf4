"""Writes the model cards from the measured report.

    python card.py --work FOLDER --out SampleData/Models
"""

import argparse
import json
from pathlib import Path

HEAD = """---
license: apache-2.0
language: en
library_name: transformers
pipeline_tag: text-generation
tags: [llama, etascope, word-problems]
---
"""


def share(x):
    return f"{x['share'] * 100:.1f} % [{x['ci95'][0] * 100:.1f}, {x['ci95'][1] * 100:.1f}], n = {x['n']}"


def policy_card(report):
    rows = []
    for tier, key in (("test, 2–5 lines", "policy"), ("easy, 2–3 lines", "policy on easy"), ("hard, 6–7 lines", "policy on hard")):
        r = report[key]
        rows.append(f"| {tier} | {share(r['greedy'])} | {r['pass@1'] * 100:.1f} % | {share(r['pass@16'])} | {share(r['majority@16'])} |")
    return HEAD + """
# The embedded policy

A Llama-architecture language model of 0.87 M parameters (128 wide, 4 layers, 4 heads, SwiGLU 352, tied embedding, 498
tokens) that solves short word stories line by line. It is small enough to run offline at some ten thousand tokens a
second on one core, and errs often enough that a search has something to do.

## Data

Stories from `Training/stories.py`, an endless seeded stream: one to three people, one kind of thing, one to three events,
one question. No text from elsewhere. A story belongs to train, dev (2 %) or test (2 %) by the SHA-256 of its text with
names, things and containers replaced by their order of appearance; training never draws a dev or test story.

## Training

`Training/train_policy.py`: 4,000 steps of 48 stories (192,000 stories, about 13 M tokens), loss on the solution's tokens
(weight 1) and the question's (0.05); Muon on the matrices, Adam on embedding and norms; plateau to step 3,000, then linear
decay; bf16 autocast; about 20 minutes of one core. One training seed.

## Accuracy

Shares with 95 % Wilson intervals; samples at temperature 0.8.

| problems | greedy | pass@1 | pass@16 | majority@16 |
|---|---|---|---|---|
""" + "\n".join(rows) + """

## Use

The prompt is the question and a line break; every line of the answer is one step, the last is `#### ` and the number.
`transformers` loads the folder unchanged; `etascope.json` holds the prompt template.

## Limits

It knows these stories and nothing else: other words are spelled in pieces and other questions get nonsense. Most errors
are wrong operands or persons, not arithmetic. Do not use its figures as claims about language models at large.
"""


def critic_card(report):
    c = report["critic"]

    def mean(key):
        x = c[key]
        return f"{x['mean']:.3f} [{x['ci95'][0]:.3f}, {x['ci95'][1]:.3f}], n = {x['n']}"

    gain = c["best by ORM minus majority"]
    return HEAD.replace("text-generation", "text-classification") + f"""
# The embedded critic

A Llama trunk (1.87 M parameters: 192 wide, 4 layers, 6 heads, SwiGLU 512; the policy's tokenizer) with three sigmoid heads at a line's end (`heads.safetensors`):
**value**, the chance that the policy's answer from here is right; **prm**, the chance that every line so far is right;
**orm**, the chance that the whole solution is right. A head reads the trunk's final hidden state and five numbers
(`features` in `etascope.json`): how likely the trunk finds the solution so far, its last line and its least likely line.

## Training

It knows more than the policy: its trunk is twice as large and saw 624,000 stories of the same stream against the policy's
192,000 (`train_policy.py --name trunk`: 9,000 steps with decay, then warmed up again to half the learning rate and let
down over 4,000 more; greedy accuracy on 300 dev problems 72 % after the first part, 86 % after the second; about 80 minutes
of one core). The heads are logistic regressions with a pair loss between right and wrong answers of one problem
(`train_heads.py`), whose weights on the hidden state are held small: free ones fit the sample of answers, on {report['rollouts'] * 8:,} answers of the
policy to {report['rollouts']:,} training stories; a slope and a shift a head are fitted on {report['dev']} dev problems.

Tried and given up: fine-tuning a six-layer trunk on gold, corrupted and sampled solutions at once. After 2,500 steps its
ORM had a within-problem AUC of .72 on dev and its best-of-16 was no better than majority: it forgot more of the language
than it learned about judging. The trunk's own likelihood alone had .77 (300 dev problems). An ORM that reads the likelihood alone ranks as well as
the one here and is badly calibrated (ECE .126).

## Figures

{report['test']} test problems, 16 answers of the policy each (temperature 0.8); 95 % intervals, by bootstrap over problems where a mean
over problems is given. AUC is taken *within* a problem, so that knowing which problems are hard does not help.

| figure | value |
|---|---|
| within-problem AUC, ORM | {mean('within-problem AUC, ORM')} |
| within-problem AUC, PRM, weakest line | {mean('within-problem AUC, PRM (weakest line)')} |
| within-problem AUC, PRM, every line | {mean('within-problem AUC, PRM (every line)')} |
| majority of 16 | {share(c['majority@16'])} |
| best of 16 by ORM | {share(c['best of 16 by ORM'])} |
| best of 16 by the weakest PRM line | {share(c['best of 16 by weakest PRM line'])} |
| ORM-weighted vote of 16 | {share(c['ORM-weighted vote of 16'])} |
| oracle of 16 | {share(c['oracle of 16'])} |
| best of 16 by ORM minus majority, points | {gain['mean'] * 100:+.1f} [{gain['ci95'][0] * 100:+.1f}, {gain['ci95'][1] * 100:+.1f}] |
| expected calibration error: value, PRM, ORM | {c['ECE']['value']}, {c['ECE']['prm']}, {c['ECE']['orm']} |

## Limits

It judges answers to the generated stories by the embedded policy. Elsewhere its numbers mean nothing.
It leans on how likely its trunk finds a text, so a right line that says things in an unusual order may be judged wrong:
`Together they have 15 + 6 = 21` got a PRM of 0.00 where the trunk expects `6 + 15`.
"""


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--work", type=Path, required=True)
    a.add_argument("--out", type=Path, required=True)
    a = a.parse_args()
    report = json.loads((a.work / "report.json").read_text())
    (a.out / "policy" / "README.md").write_text(policy_card(report))
    (a.out / "critic" / "README.md").write_text(critic_card(report))


if __name__ == "__main__":
    main()
