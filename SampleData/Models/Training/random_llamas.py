"""Makes two small random Llama folders and what `transformers` computes with them, for the tests of the embedded runtime.

    python random_llamas.py --out Tests/ModelsTests/Fixtures/Random

`scaled`: grouped queries, a head size of its own, Llama 3's rotary scaling, tied embeddings, bfloat16, two shards.
`plain`: as many keys as queries, the default rotary angles with a large base, an output matrix, float16, one file.
Both have a byte-level BPE tokenizer trained on a few sentences, with Llama 3's pattern and GPT-2's.
"""

import argparse
import json
from pathlib import Path

import torch
from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, processors, trainers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

LLAMA3 = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
TEXTS = [
    "Ana has 13 apples and buys 240 more; how many apples does she have now?\n",
    "  Zoë's 3.50 € café – naïve, déjà vu!\n\n\tIt's 12:05, they'LL come.",
    "다람쥐 헌 쳇바퀴에 타고파 🐿️ 漢字 1234567",
    "def f(x):\n    return x * 2  # twice\n\n\nprint(f(21))\r\n",
    "#### 253\n",
    "the end of the sentence is the end of the sentence " * 12,
]


def tokenizer(kind):
    t = Tokenizer(models.BPE(ignore_merges=kind == "scaled"))
    if kind == "scaled":
        t.pre_tokenizer = pre_tokenizers.Sequence([
            pre_tokenizers.Split(Regex(LLAMA3), "isolated", invert=False),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ])
    else:
        t.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    t.decoder = decoders.ByteLevel()
    t.train_from_iterator(TEXTS, trainers.BpeTrainer(
        vocab_size=340, special_tokens=["<|begin|>", "<|end|>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False))
    t.post_processor = processors.TemplateProcessing(
        single="<|begin|> $A", special_tokens=[("<|begin|>", t.token_to_id("<|begin|>"))])
    return PreTrainedTokenizerFast(tokenizer_object=t, bos_token="<|begin|>", eos_token="<|end|>")


def config(kind, size):
    shared = dict(vocab_size=size, hidden_size=48, intermediate_size=80, max_position_embeddings=512,
                  bos_token_id=0, eos_token_id=1, pad_token_id=None)
    if kind == "scaled":
        return LlamaConfig(
            num_hidden_layers=3, num_attention_heads=6, num_key_value_heads=2, head_dim=12, tie_word_embeddings=True,
            rms_norm_eps=1e-5, rope_parameters=dict(
                rope_theta=10000.0, rope_type="llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0,
                original_max_position_embeddings=64), **shared)
    return LlamaConfig(
        num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=4, tie_word_embeddings=False,
        rms_norm_eps=1e-6, rope_parameters=dict(rope_theta=500000.0, rope_type="default"), **shared)


@torch.no_grad()
def make(kind, out):
    torch.manual_seed({"scaled": 7, "plain": 8}[kind])
    words = tokenizer(kind)
    model = LlamaForCausalLM(config(kind, len(words)))
    for name, weight in model.named_parameters():
        weight.normal_(1.0 if "norm" in name else 0.0, 0.3 if "norm" in name else 0.25)
    model = model.to(torch.bfloat16 if kind == "scaled" else torch.float16)
    model.save_pretrained(out, max_shard_size="80KB" if kind == "scaled" else "5GB")
    words.save_pretrained(out)
    for name in ("generation_config.json", "special_tokens_map.json", "tokenizer_config.json", "chat_template.jinja"):
        (out / name).unlink(missing_ok=True)
    model = LlamaForCausalLM.from_pretrained(out, dtype=torch.float32).eval()
    cases = []
    for text in TEXTS:
        ids = words(text)["input_ids"]
        logits = model(torch.tensor([ids])).logits[0, -1]
        cases.append({"text": text, "ids": ids, "logits": [round(x, 5) for x in logits.tolist()]})
    (out / "expected.json").write_text(json.dumps(cases, ensure_ascii=True))


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--out", type=Path, required=True)
    a = a.parse_args()
    torch.set_num_threads(1)
    for kind in ("scaled", "plain"):
        make(kind, a.out / kind)


main()
