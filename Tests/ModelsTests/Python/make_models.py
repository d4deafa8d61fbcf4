"""Makes random models of the families that are read, and what `transformers` computes with them.

    python make_models.py --out DIR [--each 1] [--seed 1]

For each family --each folders: heads, key heads, length of heads, biases, tied or not, rotary angles, number type, shards,
vocabulary and the spelling of config.json (that of transformers 5, or older names) are drawn. DIR/NAME/expected.json: token
ids and the logits after them, from the folder as it lies on the disk, in 32 bits.
"""

import argparse
import json
import random
from pathlib import Path

import torch
from transformers import (AutoModelForCausalLM, LlamaConfig, LlamaForCausalLM, MistralConfig, MistralForCausalLM, Qwen2Config,
                          Qwen2ForCausalLM, Qwen3Config, Qwen3ForCausalLM)

FAMILIES = {"llama": (LlamaConfig, LlamaForCausalLM), "mistral": (MistralConfig, MistralForCausalLM),
            "qwen2": (Qwen2Config, Qwen2ForCausalLM), "qwen3": (Qwen3Config, Qwen3ForCausalLM)}
ROPES = ["default", "linear", "dynamic", "llama3", "yarn", "yarn"]


def rope(rng, kind):
    theta = rng.choice([100.0, 10000.0, 500000.0, 1000000.0])
    found = {"rope_type": kind, "rope_theta": theta}
    if kind != "default":
        found["factor"] = rng.choice([2.0, 4.0, 8.0])
    if kind in ("llama3", "yarn"):
        found["original_max_position_embeddings"] = rng.choice([32, 64])
    if kind == "llama3":
        found.update(low_freq_factor=1.0, high_freq_factor=rng.choice([2.0, 4.0]))
    if kind == "yarn":
        found.update(rng.choice([{}, {"beta_fast": 16.0, "beta_slow": 2.0}, {"attention_factor": 1.3}, {"truncate": False},
                                 {"mscale": 1.0, "mscale_all_dim": 0.7}]))
    return found


def config(rng, family, turn):
    heads = rng.choice([2, 4, 6])
    key_heads = rng.choice([k for k in (1, 2, heads) if heads % k == 0])
    head_dim = rng.choice([None, 6, 10, 16])
    width = rng.choice([4, 8]) * heads
    if family == "qwen3":
        head_dim = head_dim or 8
    options = dict(
        vocab_size=rng.randrange(60, 140), hidden_size=width, intermediate_size=rng.randrange(20, 60), num_hidden_layers=rng.choice([1, 2, 3]),
        num_attention_heads=heads, num_key_value_heads=rng.choice([key_heads, None]) if family != "mistral" else key_heads,
        max_position_embeddings=256, rms_norm_eps=rng.choice([1e-5, 1e-6]), tie_word_embeddings=rng.random() < 0.5,
        rope_parameters=rope(rng, ROPES[(turn + 2 * list(FAMILIES).index(family)) % len(ROPES)]),
        bos_token_id=0, eos_token_id=rng.choice([1, [1, 2]]), pad_token_id=None)
    if head_dim:
        options["head_dim"] = head_dim
    if family == "llama":
        options.update(attention_bias=rng.random() < 0.7, mlp_bias=rng.random() < 0.5)
    if family == "qwen3":
        options.update(attention_bias=rng.random() < 0.5)
    if family == "mistral":
        options.update(sliding_window=rng.choice([None, 80, 512]))
    if family.startswith("qwen") and rng.random() < 0.5:
        options.update(use_sliding_window=True, sliding_window=80, max_window_layers=rng.choice([0, 1]))
    return FAMILIES[family][0](**options)


def with_older_names(folder):
    """Writes config.json as transformers 4 did."""
    path = folder / "config.json"
    data = json.loads(path.read_text())
    found = data.pop("rope_parameters")
    data["rope_theta"] = found.pop("rope_theta")
    if found["rope_type"] != "default":
        data["rope_scaling"] = {("type" if k == "rope_type" and found["rope_type"] != "llama3" else k): v for k, v in found.items()}
    data["torch_dtype"] = data.pop("dtype")
    data.pop("layer_types", None)
    path.write_text(json.dumps(data, indent=2))


@torch.no_grad()
def make(family, turn, out, seed):
    rng = random.Random(f"{seed} {family} {turn}")
    torch.manual_seed(rng.randrange(1 << 30))
    model = FAMILIES[family][1](config(rng, family, turn))
    for name, weight in model.named_parameters():
        weight.normal_(1.0 if "norm" in name else 0.0, 0.3)
    model = model.to(rng.choice([torch.float16, torch.bfloat16, torch.float32]))
    model.save_pretrained(out, max_shard_size=rng.choice(["20KB", "5GB"]))
    if rng.random() < 0.5:
        with_older_names(out)
    size = model.config.vocab_size
    words = {f"w{i}": i for i in range(size)}
    (out / "tokenizer.json").write_text(json.dumps({"added_tokens": [], "pre_tokenizer": None, "model": {"type": "BPE", "vocab": words, "merges": []}}))
    model = AutoModelForCausalLM.from_pretrained(out, dtype=torch.float32).eval()
    cases = []
    for length in (1, 7, 33, 79):
        ids = [rng.randrange(size) for _ in range(length)]
        cases.append({"ids": ids, "logits": [round(x, 5) for x in model(torch.tensor([ids])).logits[0, -1].tolist()]})
    (out / "expected.json").write_text(json.dumps(cases, separators=(",", ":")))


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--out", type=Path, required=True)
    a.add_argument("--each", type=int, default=1)
    a.add_argument("--seed", type=int, default=1)
    a = a.parse_args()
    torch.set_num_threads(1)
    for family in FAMILIES:
        for turn in range(a.each):
            make(family, turn, a.out / f"{family}-{turn}", a.seed)


main()
