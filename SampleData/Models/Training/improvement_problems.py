"""The problems of the self-improvement demonstration and of the full experiment.

Questions come from the training split, each with a worked solution that only the gold arm of a comparison reads; held-out problems
come from the dev split, by the same hash that every model of this repository was trained beside. No two are the same but for
their names and things.

    python improvement_problems.py FOLDER [QUESTIONS HELD_OUT]     writes questions.jsonl and held-out.jsonl
"""

import json
import random
import sys
from pathlib import Path

from stories import draw, normalised


def write(path, name, split, count, with_solutions):
    rng, seen, rows = random.Random(f"improvement-{name}"), set(), []
    while len(rows) < count:
        s = draw(rng, split)
        key = normalised(s.prompt)
        if key in seen:
            continue
        seen.add(key)
        row = {"id": f"{name}-{len(rows) + 1:05d}", "question": s.prompt, "answer": str(s.answer),
               "source": "etascope stories", "split": split}
        if with_solutions:
            row["solution"] = "\n".join(s.lines + [f"#### {s.answer}"])
        rows.append(row)
    path.write_text("".join(json.dumps(r) + "\n" for r in rows))
    print(path, len(rows))


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    questions, held_out = (int(n) for n in sys.argv[2:4]) if len(sys.argv) > 3 else (1000, 1000)
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / "questions.jsonl", "story", "train", questions, True)
    write(folder / "held-out.jsonl", "held-out", "dev", held_out, False)
