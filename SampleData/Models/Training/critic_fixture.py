"""Writes the critic's scores of a few fixed solutions, as PyTorch computes them from the exported folder.

    python critic_fixture.py --model SampleData/Models/critic --out Tests/ModelsTests/Fixtures/critic.json
"""

import argparse
import json
import random
from pathlib import Path

import torch
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM

import stories
import train_heads
from text import Text


class Exported:
    """The exported trunk behind the two calls that `train_heads.features` makes."""

    def __init__(self, folder):
        self.model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
        self.emb = self.model.model.embed_tokens

    def hidden(self, tokens):
        return self.model.model(tokens).last_hidden_state


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--model", type=Path, required=True)
    a.add_argument("--out", type=Path, required=True)
    a = a.parse_args()
    text, trunk, heads = Text(a.model), Exported(a.model), load_file(a.model / "heads.safetensors")
    rng, answers = random.Random("critic fixture"), []
    for _ in range(8):
        s = stories.draw(rng, "test")
        wrong = stories.corrupted(s, rng)
        answers += [(s, s.solution)] + ([(s, wrong[0])] if wrong else [])
    cases = []
    for (s, lines), x in zip(answers, train_heads.features(trunk, text, answers, batch=1)):
        prompt = text.prompt(s.prompt)
        ids = prompt + text.solution(lines)
        places = [i for i, t in enumerate(ids) if t in text.line_ends and i >= len(prompt) - 1]
        scores = torch.sigmoid(x @ heads["heads.weight"].T + heads["heads.bias"])
        cases.append({"tokens": ids, "prompt": len(prompt), "positions": places,
                      "scores": [[round(v, 6) for v in row] for row in scores.tolist()]})
    a.out.write_text(json.dumps({"heads": ["value", "prm", "orm"], "cases": cases}) + "\n")
    print(a.out, len(cases), "cases")


if __name__ == "__main__":
    main()
