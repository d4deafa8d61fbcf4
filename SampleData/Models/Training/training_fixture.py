"""Makes the fixture that holds the embedded trainer to torch: a small random Llama, some rows, the gradient of their loss, and
the losses of fifty steps of AdamW.

    python training_fixture.py --out Tests/TrainingTests/Fixtures

Everything is done by `transformers` and torch, on padded batches; only the order of the rows is drawn as etascope draws it.
"""

import argparse
import json
from pathlib import Path

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors
from transformers import AutoModelForCausalLM, AutoTokenizer, LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

SEED, STEPS, WATCHED = 11, 50, 16
RECIPE = {"learningRate": 4e-3, "epochs": 25, "maxSteps": STEPS, "batch": 5, "warmup": 8, "clip": 1.5, "beta1": 0.9,
          "beta2": 0.95, "weightDecay": 0.02, "promptWeight": 0.05}
ROWS = [
    ("Ana has 3 pens. Ana buys 2 pens. How many pens does Ana have now?\n", "Ana has 3 + 2 = 5 pens.\n#### 5\n"),
    ("Zoë has 12 €. She spends 5 €.\n", "12 - 5 = 7\n#### 7\n"),
    ("2 * 3?\n", "6\n"),
    ("", "A text without a prompt.\n"),
    ("Max fills 4 boxes of 6 cups. Max breaks 3 cups. How many cups does Max have now, and how many boxes are whole?\n",
     "4 boxes hold 4 * 6 = 24 cups.\nMax has 24 - 3 = 21 cups.\n21 / 6 is 3 and a rest.\n3 boxes are whole.\n#### 21\n"),
    ("漢字 <eos> 🐿️\n", "<bos> is a word here.\n"),
    ("Ivy gives half of 10 beads away.\n", "10 / 2 = 5 beads.\n#### 5\n"),
    ("count\n", "one two three four five six seven eight nine ten\n"),
    ("Tom has 5 plums. Tom eats 1 plum.\n", "5 - 1 = 4\n#### 4\n"),
    ("  spaces   inside\tand tabs\n", "  kept\n"),
    ("Nora has 8 shells.\n", "#### 8\n"),
]
MASK = (1 << 64) - 1


class SplitMix:
    """Vocabulary's SplitMix: `SplitMix(seed:index:)`."""

    def __init__(self, seed, index):
        self.state = self.mixed(seed) ^ self.mixed((index + 0x632BE59BD9B4E019) & MASK)

    @staticmethod
    def mixed(z):
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    def below(self, bound):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        return self.mixed(self.state) % bound


def batch(step):
    """The rows of a step, from 0."""
    each = -(-len(ROWS) // RECIPE["batch"])
    rng, order = SplitMix(SEED, step // each), list(range(len(ROWS)))
    for last in range(len(order) - 1, 0, -1):
        other = rng.below(last + 1)
        order[last], order[other] = order[other], order[last]
    first = step % each * RECIPE["batch"]
    return [ROWS[i] for i in order[first : first + RECIPE["batch"]]]


def tokenizer():
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    words = {name: i for i, name in enumerate(["<pad>", "<bos>", "<eos>", *alphabet])}
    merges = [("Ġ", "h"), ("a", "s"), ("Ġh", "as"), ("#", "#"), ("##", "##")]
    words |= {a + b: len(words) + i for i, (a, b) in enumerate(merges)}
    t = Tokenizer(models.BPE(vocab=words, merges=merges))
    t.add_special_tokens(["<pad>", "<bos>", "<eos>"])
    t.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    t.decoder = decoders.ByteLevel()
    t.post_processor = processors.TemplateProcessing(single="<bos> $A", special_tokens=[("<bos>", 1)])
    return PreTrainedTokenizerFast(tokenizer_object=t, bos_token="<bos>", eos_token="<eos>", pad_token="<pad>")


def encode(words, row):
    """(tokens, length of the prompt); the names of special tokens in a text are text."""
    prompt, completion = row
    begin = words(prompt, split_special_tokens=True)["input_ids"]
    rest = words(completion, add_special_tokens=False, split_special_tokens=True)["input_ids"]
    return begin + rest + [words.eos_token_id], len(begin)


def loss_of(model, words, rows):
    """Σ weight · loss / Σ weight over the tokens of the rows."""
    texts = [encode(words, row) for row in rows]
    longest = max(len(ids) for ids, _ in texts)
    ids = torch.full((len(texts), longest), words.pad_token_id)
    mask, weights = torch.zeros(ids.shape, dtype=torch.long), torch.zeros(ids.shape)
    for i, (tokens, prompt) in enumerate(texts):
        ids[i, : len(tokens)] = torch.tensor(tokens)
        mask[i, : len(tokens)] = 1
        weights[i, 1:prompt] = RECIPE["promptWeight"]
        weights[i, prompt : len(tokens)] = 1
    logits = model(input_ids=ids, attention_mask=mask).logits[:, :-1]
    each = F.cross_entropy(logits.flatten(0, 1), ids[:, 1:].flatten(), reduction="none").view(len(texts), -1)
    return (each * weights[:, 1:]).sum() / weights[:, 1:].sum()


def gradients(model, words):
    model.zero_grad()
    loss = loss_of(model, words, ROWS)
    loss.backward()
    rng, out = torch.Generator().manual_seed(3), {}
    for name, weight in model.named_parameters():
        flat = weight.grad.flatten()
        places = torch.randperm(len(flat), generator=rng)[:WATCHED].sort().values
        out[name] = {"norm": float(flat.double().norm()), "at": places.tolist(),
                     "values": [float(f"{x:.7g}") for x in flat[places].tolist()]}
    return float(loss.detach()), out


def curve(model, words):
    matrices = [p for p in model.parameters() if p.dim() > 1]
    others = [p for p in model.parameters() if p.dim() == 1]
    optimizer = torch.optim.AdamW(
        [{"params": matrices, "weight_decay": RECIPE["weightDecay"]}, {"params": others, "weight_decay": 0.0}],
        lr=RECIPE["learningRate"], betas=(RECIPE["beta1"], RECIPE["beta2"]), eps=1e-8)
    warmup, losses = RECIPE["warmup"], []
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min(1.0, (s + 1) / warmup, (STEPS - s) / (STEPS - warmup)))
    for step in range(STEPS):
        loss = loss_of(model, words, batch(step))
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), RECIPE["clip"])
        optimizer.step()
        schedule.step()
        losses.append(round(float(loss.detach()), 6))
    return losses


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--out", type=Path, required=True)
    a = a.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(5)
    words, folder = tokenizer(), a.out / "tiny"
    model = LlamaForCausalLM(LlamaConfig(
        vocab_size=len(words), hidden_size=32, intermediate_size=56, num_hidden_layers=2, num_attention_heads=4,
        num_key_value_heads=2, head_dim=8, max_position_embeddings=256, rms_norm_eps=1e-5, tie_word_embeddings=True,
        rope_parameters=dict(rope_theta=1000.0, rope_type="default"), bos_token_id=1, eos_token_id=2, pad_token_id=0))
    with torch.no_grad():
        for name, weight in model.named_parameters():
            weight.normal_(1.0 if "norm" in name else 0.0, 0.2 if "norm" in name else 0.18)
    model.half().save_pretrained(folder)
    words.save_pretrained(folder)
    data = a.out / "rows" / "data"
    data.mkdir(parents=True, exist_ok=True)
    (data / "train.jsonl").write_text("".join(
        json.dumps({"prompt": p, "completion": c}, ensure_ascii=False) + "\n" for p, c in ROWS))
    words = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
    loss, found = gradients(model, words)
    tokens = [encode(words, row) for row in ROWS]
    (a.out / "expected.json").write_text(json.dumps({
        "seed": SEED, "recipe": RECIPE, "texts": [{"tokens": t, "promptCount": n} for t, n in tokens], "loss": loss,
        "gradients": found, "curve": curve(model, words)}))
    print(a.out, sum(f.stat().st_size for f in a.out.rglob("*") if f.is_file()), "bytes, longest",
          max(len(t) for t, _ in tokens), "tokens, loss", loss)


if __name__ == "__main__":
    main()
