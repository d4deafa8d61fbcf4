"""Trains a process reward model on stepwise rows: train_critic.py DATA MODEL OUT SEED RECIPE.

Two labels a token, bad and good, read at the last token of each step: the one that ends its line, as the policy writes it. The
other tokens count for nothing. Progress is a JSON object a line.
"""

import json
import math
import random
import sys
from pathlib import Path

import torch
from transformers import AutoConfig, AutoModelForTokenClassification, AutoTokenizer

IGNORED = -100


def example(row, tokenizer):
    """Token ids, and a label at the last token of each step."""
    text, ends = row["prompt"].rstrip("\n") + "\n", []
    for completion in row["completions"]:
        text += completion.rstrip("\n") + "\n"
        ends.append(len(text))
    encoded = tokenizer(text, return_offsets_mapping=True)
    labels = [IGNORED] * len(encoded["input_ids"])
    for end, label in zip(ends, row["labels"]):
        # The token in which the line's end lies; a tokenizer may put it together with what stands before it.
        at = max(i for i, (a, b) in enumerate(encoded["offset_mapping"]) if a < end <= b or b == end)
        labels[at] = int(label)
    return encoded["input_ids"], labels


def batches(rows, size, epochs, rng):
    for _ in range(epochs):
        order = list(range(len(rows)))
        rng.shuffle(order)
        for start in range(0, len(order), size):
            yield [rows[i] for i in order[start : start + size]]


def padded(batch, pad):
    longest = max(len(ids) for ids, _ in batch)
    fill = lambda values, with_: torch.tensor([v + [with_] * (longest - len(v)) for v in values])
    ids = fill([ids for ids, _ in batch], pad)
    mask = fill([[1] * len(ids) for ids, _ in batch], 0)
    return ids, mask, fill([labels for _, labels in batch], IGNORED)


def main():
    data, base, out, seed, recipe = sys.argv[1:6]
    recipe = json.loads(recipe)
    torch.manual_seed(int(seed) % 2**63)
    rng = random.Random(int(seed))
    tokenizer = AutoTokenizer.from_pretrained(base)
    lines = (Path(data) / "data" / "train.jsonl").read_text(encoding="utf-8").split("\n")
    rows = [example(json.loads(line), tokenizer) for line in lines if line.strip()]
    config = AutoConfig.from_pretrained(base, num_labels=2, id2label={0: "bad", 1: "good"}, label2id={"bad": 0, "good": 1})
    model = AutoModelForTokenClassification.from_pretrained(base, config=config, dtype=torch.float32)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model.to(device).train()
    steps = math.ceil(len(rows) / recipe["batch"]) * recipe["epochs"]
    steps = min(steps, recipe.get("maxSteps") or steps)
    optimizer = torch.optim.AdamW(
        model.parameters(), lr=recipe["learningRate"], betas=(recipe["beta1"], recipe["beta2"]),
        weight_decay=recipe["weightDecay"])
    warmup = min(recipe["warmup"], steps)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda done: (done + 1) / warmup if done < warmup else max(0.0, (steps - done) / max(1, steps - warmup)))
    pad = tokenizer.pad_token_id if tokenizer.pad_token_id is not None else 0
    tokens = 0
    for step, batch in enumerate(batches(rows, recipe["batch"], recipe["epochs"], rng), 1):
        if step > steps:
            break
        ids, mask, labels = (part.to(device) for part in padded(batch, pad))
        logits = model(input_ids=ids, attention_mask=mask).logits.float()
        loss = torch.nn.functional.cross_entropy(logits.view(-1, 2), labels.view(-1), ignore_index=IGNORED)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), recipe["clip"])
        rate = schedule.get_last_lr()[0]
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        tokens += int(mask.sum())
        print(
            json.dumps({"step": step, "steps": steps, "loss": loss.item(), "learning_rate": rate, "tokens": tokens}),
            flush=True)
    model.save_pretrained(out)
    tokenizer.save_pretrained(out)


main()
