"""The training that etascope's embedded trainer does, by torch on one core, plainly: fused projections, torch's own attention,
AdamW and clipping, 32-bit numbers, batches padded to their longest text.

    python torch_training.py MODEL_FOLDER TEXTS.json STEPS

TEXTS.json: {"batches": [[{"tokens": [...], "promptCount": n}, ...], ...], "promptWeight": .05, "learningRate": 5e-4}. Prints
{"tokens": seen, "seconds": of processor time}, the first step left out. Needs torch and nothing else.
"""

import json
import sys
import time
from pathlib import Path

import torch
import torch.nn.functional as F


def tensors(path):
    """A safetensors file: 8 bytes of header length, a JSON header, the numbers."""
    data = bytearray(path.read_bytes())
    size = int.from_bytes(data[:8], "little")
    kinds = {"F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16}
    out = {}
    for name, entry in json.loads(data[8 : 8 + size]).items():
        if name != "__metadata__":
            begin, end = (8 + size + x for x in entry["data_offsets"])
            out[name] = torch.frombuffer(data[begin:end], dtype=kinds[entry["dtype"]]).float().view(entry["shape"])
    return out


class Llama(torch.nn.Module):
    def __init__(self, folder):
        super().__init__()
        c = self.c = json.loads((folder / "config.json").read_text())
        t = tensors(folder / "model.safetensors")
        self.heads = c["num_attention_heads"]
        self.key_heads = c.get("num_key_value_heads") or self.heads
        self.head = c.get("head_dim") or c["hidden_size"] // self.heads
        keep = lambda x: torch.nn.Parameter(x.clone())
        self.embedding = keep(t["model.embed_tokens.weight"])
        self.norm = keep(t["model.norm.weight"])
        self.lm_head = None if c.get("tie_word_embeddings") else keep(t["lm_head.weight"])
        self.blocks = torch.nn.ModuleList()
        for i in range(c["num_hidden_layers"]):
            at, block = f"model.layers.{i}.", torch.nn.Module()
            block.n1, block.n2 = keep(t[at + "input_layernorm.weight"]), keep(t[at + "post_attention_layernorm.weight"])
            block.qkv = keep(torch.cat([t[at + f"self_attn.{x}_proj.weight"] for x in "qkv"]))
            block.o = keep(t[at + "self_attn.o_proj.weight"])
            block.up = keep(torch.cat([t[at + "mlp.gate_proj.weight"], t[at + "mlp.up_proj.weight"]]))
            block.down = keep(t[at + "mlp.down_proj.weight"])
            self.blocks.append(block)
        theta = (c.get("rope_parameters") or c).get("rope_theta", 10000.0)
        angles = torch.outer(torch.arange(c["max_position_embeddings"]).float(), theta ** (-torch.arange(0, self.head, 2) / self.head))
        self.cos, self.sin = angles.cos(), angles.sin()

    def turned(self, x, t):
        a, b = x.chunk(2, -1)
        cos, sin = self.cos[:t], self.sin[:t]
        return torch.cat([a * cos - b * sin, a * sin + b * cos], -1)

    def forward(self, tokens):
        n, t = tokens.shape
        x, epsilon = self.embedding[tokens], self.c["rms_norm_eps"]
        sizes = [self.heads * self.head, self.key_heads * self.head, self.key_heads * self.head]
        for block in self.blocks:
            qkv = F.linear(F.rms_norm(x, x.shape[-1:], block.n1, epsilon), block.qkv).split(sizes, -1)
            q, k, v = (y.view(n, t, -1, self.head).transpose(1, 2) for y in qkv)
            y = F.scaled_dot_product_attention(
                self.turned(q, t), self.turned(k, t), v, is_causal=True, enable_gqa=self.heads != self.key_heads)
            x = x + F.linear(y.transpose(1, 2).reshape(n, t, -1), block.o)
            gate, up = F.linear(F.rms_norm(x, x.shape[-1:], block.n2, epsilon), block.up).chunk(2, -1)
            x = x + F.linear(F.silu(gate) * up, block.down)
        return F.linear(F.rms_norm(x, x.shape[-1:], self.norm, epsilon), self.embedding if self.lm_head is None else self.lm_head)


def main():
    folder, path, steps = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    torch.set_num_threads(1)
    job = json.loads(path.read_text())
    model = Llama(folder)
    optimizer = torch.optim.AdamW(model.parameters(), lr=job["learningRate"], betas=(0.9, 0.95), weight_decay=0.0)
    seen, began = 0, None
    for step in range(steps):
        texts = job["batches"][step % len(job["batches"])]
        longest = max(len(text["tokens"]) for text in texts)
        ids, weights = torch.zeros(len(texts), longest, dtype=torch.long), torch.zeros(len(texts), longest)
        for i, text in enumerate(texts):
            count, prompt = len(text["tokens"]), text["promptCount"]
            ids[i, :count] = torch.tensor(text["tokens"])
            weights[i, 1:prompt], weights[i, prompt:count] = job["promptWeight"], 1
        logits = model(ids[:, :-1])
        each = F.cross_entropy(logits.flatten(0, 1), ids[:, 1:].flatten(), reduction="none").view(len(texts), -1)
        loss = (each * weights[:, 1:]).sum() / weights[:, 1:].sum()
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        if began is None:
            began = time.process_time()
        else:
            seen += sum(len(text["tokens"]) for text in texts)
    print(json.dumps({"tokens": seen, "seconds": time.process_time() - began, "loss": float(loss.detach())}))


if __name__ == "__main__":
    main()
