"""A small Llama in plain PyTorch (RMSNorm, half-split RoPE, SwiGLU, tied embedding).

Kept apart from `transformers` because a fused QKV and no bookkeeping train about twice as fast on one CPU core;
`export.py` writes the same weights under Hugging Face's names.
"""

import math

import torch
import torch.nn as nn
import torch.nn.functional as F

HEADS = ("value", "prm", "orm")
CONTEXT = 512
HEAD = 32  # length of an attention head, the same in both models


class Config:
    def __init__(self, vocab, width=128, layers=4, ff=352):
        self.vocab, self.width, self.layers, self.heads, self.ff = vocab, width, layers, width // HEAD, ff

    @staticmethod
    def of(weights):
        """The sizes that the tensors of a checkpoint say."""
        vocab, width = weights["emb.weight"].shape
        layers = 1 + max(int(name.split(".")[1]) for name in weights if name.startswith("blocks."))
        return Config(vocab, width, layers, weights["blocks.0.down.weight"].shape[1])


def rope(x, cos, sin):
    """x: [batch, heads, time, head]; the two halves of a head are the pairs that are turned (Llama's layout)."""
    a, b = x.chunk(2, -1)
    return torch.cat([a * cos - b * sin, a * sin + b * cos], -1)


class Block(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.heads = c.heads
        self.n1, self.n2 = nn.Parameter(torch.ones(c.width)), nn.Parameter(torch.ones(c.width))
        self.qkv = nn.Linear(c.width, 3 * c.width, bias=False)
        self.o = nn.Linear(c.width, c.width, bias=False)
        self.up = nn.Linear(c.width, 2 * c.ff, bias=False)  # gate and up, one product
        self.down = nn.Linear(c.ff, c.width, bias=False)

    def forward(self, x, cos, sin, mask=None, cache=None, at=0):
        b, t, d = x.shape
        qkv = self.qkv(F.rms_norm(x, (d,), self.n1, 1e-5)).view(b, t, 3, self.heads, d // self.heads)
        q, k, v = qkv.permute(2, 0, 3, 1, 4)
        q, k = rope(q, cos, sin), rope(k, cos, sin)
        if cache is not None:
            cache[0][:, :, at : at + t], cache[1][:, :, at : at + t] = k, v
            k, v = cache[0][:, :, : at + t], cache[1][:, :, : at + t]
        y = F.scaled_dot_product_attention(q, k, v, attn_mask=mask, is_causal=mask is None)
        x = x + self.o(y.transpose(1, 2).reshape(b, t, d))
        gate, up = self.up(F.rms_norm(x, (d,), self.n2, 1e-5)).chunk(2, -1)
        return x + self.down(F.silu(gate) * up)


class TinyLlama(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.c = c
        self.emb = nn.Embedding(c.vocab, c.width)
        self.blocks = nn.ModuleList(Block(c) for _ in range(c.layers))
        self.norm = nn.Parameter(torch.ones(c.width))
        head = c.width // c.heads
        angles = torch.outer(torch.arange(CONTEXT).float(), 1.0 / 10000 ** (torch.arange(0, head, 2).float() / head))
        self.register_buffer("cos", angles.cos(), persistent=False)
        self.register_buffer("sin", angles.sin(), persistent=False)
        nn.init.normal_(self.emb.weight, std=0.05)
        for name, p in self.named_parameters():
            if p.dim() == 2 and "emb" not in name:
                nn.init.normal_(p, std=(0.5 if name.endswith(("o.weight", "down.weight")) else 1) / math.sqrt(p.shape[1]))

    def hidden(self, tokens, mask=None, cache=None, at=0):
        t = tokens.shape[1]
        x, cos, sin = self.emb(tokens), self.cos[at : at + t], self.sin[at : at + t]
        for i, block in enumerate(self.blocks):
            x = block(x, cos, sin, mask, None if cache is None else cache[i], at)
        return F.rms_norm(x, (self.c.width,), self.norm, 1e-5)

    def forward(self, tokens):
        return F.linear(self.hidden(tokens), self.emb.weight)


def loaded(weights):
    """The model whose checkpoint holds `weights`."""
    model = TinyLlama(Config.of(weights))
    model.load_state_dict(weights)
    return model


class Muon:
    """Orthogonalised momentum on the hidden matrices, Adam on the rest (Jordan et al., 2024)."""

    def __init__(self, model, lr=0.02, adam_lr=3e-3):
        named = [(n, p) for n, p in model.named_parameters()]
        hidden = [p for n, p in named if p.dim() == 2 and "emb" not in n]
        self.rest = torch.optim.AdamW([p for n, p in named if not any(p is q for q in hidden)], lr=adam_lr,
                                      betas=(0.9, 0.95), weight_decay=0.0)
        self.lr, self.adam_lr = lr, adam_lr
        self.groups = {}
        for p in hidden:
            self.groups.setdefault(tuple(p.shape), []).append(p)
        self.momentum = {k: torch.zeros(len(v), *k) for k, v in self.groups.items()}

    @torch.no_grad()
    def step(self, scale):
        for g in self.rest.param_groups:
            g["lr"] = self.adam_lr * scale
        self.rest.step()
        lr = self.lr * scale
        for shape, params in self.groups.items():
            g = torch.stack([p.grad for p in params])
            m = self.momentum[shape].mul_(0.95).add_(g)
            u = g + 0.95 * m
            tall = shape[0] > shape[1]
            if tall:
                u = u.transpose(1, 2)
            u = u / (u.norm(dim=(1, 2), keepdim=True) + 1e-7)
            for _ in range(5):
                a = u @ u.transpose(1, 2)
                u = 3.4445 * u + (-4.7750 * a + 2.0315 * a @ a) @ u
            if tall:
                u = u.transpose(1, 2)
            s = max(1, shape[0] / shape[1]) ** 0.5
            for p, q in zip(params, u):
                p.mul_(1 - lr * 0.05).add_(q, alpha=-lr * s)

    def state(self):
        return {"adam": self.rest.state_dict(), "momentum": self.momentum}

    def load(self, state):
        self.rest.load_state_dict(state["adam"])
        self.momentum = state["momentum"]


@torch.no_grad()
def generate(model, prompts, temperature, max_new=110, batch=256, rng=None, stop=None):
    """Continues every prompt (lists of ids) until <eos> or a token of `stop`; returns lists of new ids, <eos> dropped.

    Left padding, one KV cache a batch, finished rows are dropped from it.
    """
    pad, eos, out = 0, 2, [None] * len(prompts)
    order = sorted(range(len(prompts)), key=lambda i: len(prompts[i]))
    c = model.c
    for s in range(0, len(order), batch):
        ids = order[s : s + batch]
        rows = len(ids)
        longest = max(len(prompts[i]) for i in ids)
        t = torch.full((rows, longest), pad)
        for r, i in enumerate(ids):
            t[r, longest - len(prompts[i]) :] = torch.tensor(prompts[i])
        keep = torch.ones(rows, longest + max_new, dtype=torch.bool)
        keep[:, :longest] = t != pad
        cache = [[torch.zeros(rows, c.heads, longest + max_new, c.width // c.heads) for _ in range(2)] for _ in range(c.layers)]
        causal = torch.ones(longest, longest, dtype=torch.bool).tril()
        mask = (keep[:, None, None, :longest] & causal) | torch.eye(longest, dtype=torch.bool)
        h = model.hidden(t, mask, cache, 0)[:, -1]
        live, new = torch.arange(rows), [[] for _ in ids]
        for k in range(max_new):
            logits = F.linear(h, model.emb.weight)
            logits[:, :2] = -1e9
            if temperature == 0:
                nxt = logits.argmax(-1)
            else:
                nxt = torch.multinomial(F.softmax(logits / temperature, -1), 1, generator=rng)[:, 0]
            stay = []
            for j, (r, token) in enumerate(zip(live.tolist(), nxt.tolist())):
                if token != eos:
                    new[r].append(token)
                    if not (stop and token in stop):
                        stay.append(j)
            if not stay or k == max_new - 1:
                break
            if len(stay) < len(nxt):
                pickd = torch.tensor(stay)
                live, nxt, keep = live[pickd], nxt[pickd], keep[pickd]
                cache = [[x[pickd] for x in pair] for pair in cache]
            at = longest + k
            h = model.hidden(nxt[:, None], keep[:, None, None, : at + 1], cache, at)[:, -1]
        for r, i in enumerate(ids):
            out[i] = new[r]
    return out
