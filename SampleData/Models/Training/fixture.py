"""Makes the fixture that holds the embedded runtime to `transformers`: 50 prefixes, the last position's logits.

    python fixture.py --model SampleData/Models/policy --problems SampleData/Problems/test.jsonl \
        --out Tests/ModelsTests/Fixtures/logits.json
"""

import argparse
import json
import random
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

PREFIXES, WATCHED = 50, 24


@torch.no_grad()
def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--model", type=Path, required=True)
    a.add_argument("--problems", type=Path, required=True)
    a.add_argument("--out", type=Path, required=True)
    a = a.parse_args()
    torch.set_num_threads(1)
    tokenizer = AutoTokenizer.from_pretrained(a.model)
    model = AutoModelForCausalLM.from_pretrained(a.model, dtype=torch.float32).eval()
    rng = random.Random("logits")
    with open(a.problems) as lines:
        questions = [json.loads(line)["question"] for line in lines][:PREFIXES]
    watched = sorted(rng.sample(range(model.config.vocab_size), WATCHED))
    cases = []
    for question in questions:
        text = question + "\n"
        prompt = tokenizer(text, return_tensors="pt").input_ids
        grown = model.generate(prompt, max_new_tokens=rng.randrange(1, 60), do_sample=False)[0].tolist()
        if grown[-1] == model.config.eos_token_id:
            grown.pop()
        ids = grown if rng.random() < 0.8 else grown[: rng.randrange(2, len(grown))]  # some end inside the question
        logits = model(torch.tensor([ids])).logits[0, -1].double()
        cases.append({"text": text, "prompt": prompt[0].tolist(), "ids": ids,
                      "logits": [round(x, 6) for x in logits[watched].tolist()],
                      "logSumExp": round(float(logits.logsumexp(-1)), 6)})
    body = ",\n".join(json.dumps(c, ensure_ascii=False) for c in cases)
    a.out.write_text(f'{{"watched": {json.dumps(watched)}, "cases": [\n{body}\n]}}\n')
    print(a.out, len(cases), "cases, longest", max(len(c["ids"]) for c in cases))


if __name__ == "__main__":
    main()
