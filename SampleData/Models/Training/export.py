"""Writes the trained policy and critic as standard Hugging Face folders (LlamaForCausalLM, f16).

The critic's heads stand apart, in heads.safetensors (f32): `transformers` loads the folder without them.

    python export.py --work FOLDER --out SampleData/Models
"""

import argparse
import json
import shutil
from pathlib import Path

import torch
from safetensors.torch import save_file

from train_heads import FEATURES
from model import CONTEXT, HEAD, HEADS, Config
from text import BOS, EOS, PAD


def renamed(weights):
    """The same tensors under Hugging Face's names; fused products are taken apart."""
    out = {"model.embed_tokens.weight": weights["emb.weight"], "model.norm.weight": weights["norm"]}
    for i in range(Config.of(weights).layers):
        old, new = f"blocks.{i}.", f"model.layers.{i}."
        q, k, v = weights[old + "qkv.weight"].chunk(3)
        gate, up = weights[old + "up.weight"].chunk(2)
        out |= {
            new + "input_layernorm.weight": weights[old + "n1"],
            new + "post_attention_layernorm.weight": weights[old + "n2"],
            new + "self_attn.q_proj.weight": q,
            new + "self_attn.k_proj.weight": k,
            new + "self_attn.v_proj.weight": v,
            new + "self_attn.o_proj.weight": weights[old + "o.weight"],
            new + "mlp.gate_proj.weight": gate,
            new + "mlp.up_proj.weight": up,
            new + "mlp.down_proj.weight": weights[old + "down.weight"],
        }
    return out


def configuration(weights):
    c = Config.of(weights)
    return {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "vocab_size": c.vocab,
        "hidden_size": c.width,
        "intermediate_size": c.ff,
        "num_hidden_layers": c.layers,
        "num_attention_heads": c.heads,
        "num_key_value_heads": c.heads,
        "head_dim": HEAD,
        "hidden_act": "silu",
        "max_position_embeddings": CONTEXT,
        "rms_norm_eps": 1e-5,
        "rope_theta": 10000.0,
        "attention_bias": False,
        "mlp_bias": False,
        "tie_word_embeddings": True,
        "bos_token_id": BOS,
        "eos_token_id": EOS,
        "pad_token_id": PAD,
        "torch_dtype": "float16",
    }


TOKENS = {"bos_token": "<bos>", "eos_token": "<eos>", "pad_token": "<pad>"}

# A conversation of a question and its solution is what the model was trained on, to the token; the marks around the solution tell
# trainers what to train on ("assistant_only_loss").
CHAT_TEMPLATE = (
    "{{ bos_token }}{% for m in messages %}{% if m['role'] == 'user' %}{{ m['content'] + '\n' }}"
    "{% elif m['role'] == 'assistant' %}{% generation %}{{ m['content'] + '\n' + eos_token }}{% endgeneration %}"
    "{% endif %}{% endfor %}"
)


def write_json(path, value):
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n")


def export(checkpoint, tokenizer, folder):
    weights = {k: v.detach().float() for k, v in torch.load(checkpoint, map_location="cpu")["model"].items()}
    folder.mkdir(parents=True, exist_ok=True)
    save_file({k: v.half().contiguous() for k, v in renamed(weights).items()}, folder / "model.safetensors", {"format": "pt"})
    write_json(folder / "config.json", configuration(weights))
    write_json(folder / "generation_config.json", {
        "bos_token_id": BOS, "eos_token_id": EOS, "pad_token_id": PAD, "do_sample": True, "temperature": 0.8})
    write_json(folder / "tokenizer_config.json", {
        "tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": CONTEXT,
        "clean_up_tokenization_spaces": False, **TOKENS, "chat_template": CHAT_TEMPLATE})
    write_json(folder / "special_tokens_map.json", TOKENS)
    shutil.copyfile(tokenizer, folder / "tokenizer.json")
    settings = {"promptTemplate": "{question}\n", "optionEnd": "newline"}
    if "heads.weight" in weights:
        save_file({"heads.weight": weights["heads.weight"].contiguous(), "heads.bias": weights["heads.bias"].contiguous()},
                  folder / "heads.safetensors", {"format": "pt"})
        settings["heads"] = list(HEADS)
        settings["features"] = list(FEATURES)
    write_json(folder / "etascope.json", settings)
    for file in folder.glob("*.safetensors"):
        file.chmod(0o644)
    print(folder, sum(v.numel() for v in weights.values()), "parameters")


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--work", type=Path, required=True, help="the folder with policy.pt, critic_calibrated.pt and tokenizer.json")
    a.add_argument("--out", type=Path, required=True)
    a.add_argument("--only", choices=("policy", "critic"))
    a = a.parse_args()
    for name in ("policy", "critic"):
        if a.only in (None, name):
            export(a.work / ("policy.pt" if name == "policy" else "critic_calibrated.pt"), a.work / "tokenizer.json", a.out / name)


if __name__ == "__main__":
    main()
