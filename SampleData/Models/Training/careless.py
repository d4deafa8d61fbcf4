"""Writes rows to train on: stories with their solutions, some of them made careless.

    python careless.py FOLDER                                           what the careless policy is trained on
    python careless.py FOLDER --share 0 --rows 1000 --seed 2            right solutions only

A careless solution leaves out its last "X has ..." line and goes on with the number from before it, so that every line is
true by itself and the answer is wrong: a skill that is there and not used. FOLDER/data/train.jsonl has `prompt` and `completion`.
"""

import argparse
import json
import random
import sys
from pathlib import Path

import stories


def careless(s):
    """The story's solution without its last line of what somebody has; None where nothing is left or nothing comes out."""
    owned = [i for i, step in enumerate(s.steps) if " has {a}" in step.text]
    if not owned or len(s.steps) < 2:
        return None
    values, lines = {}, []
    for i, step in enumerate(s.steps):
        a, b = (x[1] if x[0] == "n" else values[x[1]] for x in (step.left, step.right))
        if i == owned[-1]:
            values[step.out] = a
            continue
        c = stories.apply(a, step.op, b)
        if c is None or c < 0:
            return None
        values[step.out] = c
        lines.append(step.text.format(a=a, b=b, c=c))
    answer = values[s.steps[-1].out]
    return None if answer == s.answer else lines + [f"#### {answer}"]


def rows(count, share, rng):
    """`count` rows, of which the share is careless as near as can be."""
    wrong = 0
    for number in range(1, count + 1):
        due = wrong < share * number
        while True:
            s = stories.draw(rng, "train", stories.mixed_tier(rng))
            lines = careless(s) if due else s.solution
            if lines:
                break
        wrong += due
        yield {"prompt": s.prompt + "\n", "completion": "\n".join(lines) + "\n", "careless": due}


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("folder", type=Path)
    a.add_argument("--rows", type=int, default=3000)
    a.add_argument("--share", type=float, default=0.54, help="of careless solutions")
    a.add_argument("--seed", type=int, default=1)
    a = a.parse_args()
    made = list(rows(a.rows, a.share, random.Random(f"careless-{a.seed}")))
    random.Random(a.seed).shuffle(made)
    path = a.folder / "data" / "train.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in made))
    print(path, len(made), "rows,", sum(row["careless"] for row in made), "careless", file=sys.stderr)


if __name__ == "__main__":
    main()
