#!/usr/bin/env python3
"""Writes the embedded model (or another folder of its kind) as a GGUF file with 32-bit weights, for llama.cpp.

    pip install gguf
    to_gguf.py ../policy policy.gguf

The weights are those of the folder; query and key rows are put in the order of llama.cpp's rotary embedding. The tokenizer
is the folder's byte-level BPE told as llama.cpp's tokenizer "llama": its BPE knows only the splitting patterns of published
models, and none of them keeps a digit with the space before it and a line break with the full stop before it. "llama"
merges the neighbours with the best score first and does not split beforehand; with the rank of its merge as each token's
score, that gives the same tokens, for no merge of the folder reaches over the end of a word. Two texts come out otherwise:
the last of several spaces goes to the word after it, and the sign U+2581, which stands for a space there, becomes one.
"""

import argparse
import json
import pathlib

import gguf
import numpy


def safetensors(path: pathlib.Path) -> dict[str, numpy.ndarray]:
    data = path.read_bytes()
    size = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + size])
    types = {"F32": "<f4", "F16": "<f2"}
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        if entry["dtype"] not in types:
            raise SystemExit(f"{path}: {name}: expected F32 or F16, found {entry['dtype']}")
        begin, end = (8 + size + offset for offset in entry["data_offsets"])
        tensors[name] = numpy.frombuffer(data[begin:end], types[entry["dtype"]]).reshape(entry["shape"])
    return tensors


def byte_characters() -> dict[str, int]:
    """The characters by which byte-level vocabularies write bytes."""
    shown = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    hidden = [byte for byte in range(256) if byte not in shown]
    return {chr(byte): byte for byte in shown} | {chr(256 + at): byte for at, byte in enumerate(hidden)}


def vocabulary(path: pathlib.Path) -> tuple[list[str], list[float], list[int]]:
    """Texts, scores and types of the tokens, by id."""
    content = json.loads(path.read_text())
    model = content["model"]
    if model["type"] != "BPE" or model.get("byte_fallback"):
        raise SystemExit(f"{path}: model: expected byte-level BPE")
    special = {token["id"] for token in content["added_tokens"]}
    merges = [merge.split(" ") if isinstance(merge, str) else merge for merge in model["merges"]]
    rank = {left + right: at for at, (left, right) in enumerate(merges)}
    characters = byte_characters()
    texts, scores, types = [], [], []
    for text, number in sorted(model["vocab"].items(), key=lambda entry: entry[1]):
        if number != len(texts):
            raise SystemExit(f"{path}: model.vocab: expected ids from 0 without gaps, found {number}")
        raw = b"" if number in special else bytes(characters[character] for character in text)
        if number in special:
            kind, written = gguf.TokenType.CONTROL, text
        elif len(raw) == 1 and not (0x20 <= raw[0] < 0x7F or raw == b"\n"):
            kind, written = gguf.TokenType.BYTE, f"<0x{raw[0]:02X}>"
        else:
            kind, written = gguf.TokenType.NORMAL, raw.decode().replace(" ", "\u2581")
        texts.append(written)
        scores.append(-float(rank.get(text, len(rank))))
        types.append(int(kind))
    return texts, scores, types


def interleaved(weights: numpy.ndarray, heads: int) -> numpy.ndarray:
    """Rows of a query or key matrix with the two halves of each head's rotary pairs side by side."""
    rows, columns = weights.shape
    return weights.reshape(heads, 2, rows // heads // 2, columns).swapaxes(1, 2).reshape(rows, columns)


def convert(folder: pathlib.Path, output: pathlib.Path) -> None:
    config = json.loads((folder / "config.json").read_text())
    if config["model_type"] != "llama":
        raise SystemExit(f"{folder / 'config.json'}: model_type: expected llama, found {config['model_type']}")
    if config.get("rope_scaling"):
        raise SystemExit(f"{folder / 'config.json'}: rope_scaling: expected none")
    heads, shared = config["num_attention_heads"], config["num_key_value_heads"]
    writer = gguf.GGUFWriter(str(output), "llama")
    writer.add_name(folder.resolve().name)
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_head_count(heads)
    writer.add_head_count_kv(shared)
    writer.add_layer_norm_rms_eps(config["rms_norm_eps"])
    writer.add_rope_freq_base(config["rope_theta"])
    writer.add_rope_dimension_count(config.get("head_dim", config["hidden_size"] // heads))
    writer.add_vocab_size(config["vocab_size"])
    writer.add_file_type(gguf.LlamaFileType.ALL_F32)
    texts, scores, types = vocabulary(folder / "tokenizer.json")
    writer.add_tokenizer_model("llama")
    writer.add_tokenizer_pre("default")
    writer.add_token_list(texts)
    writer.add_token_scores(scores)
    writer.add_token_types(types)
    writer.add_bos_token_id(config["bos_token_id"])
    writer.add_eos_token_id(config["eos_token_id"])
    writer.add_pad_token_id(config["pad_token_id"])
    writer.add_add_bos_token(True)
    writer.add_add_eos_token(False)
    writer.add_add_space_prefix(False)
    names = {
        "self_attn.q_proj": "attn_q",
        "self_attn.k_proj": "attn_k",
        "self_attn.v_proj": "attn_v",
        "self_attn.o_proj": "attn_output",
        "mlp.gate_proj": "ffn_gate",
        "mlp.up_proj": "ffn_up",
        "mlp.down_proj": "ffn_down",
        "input_layernorm": "attn_norm",
        "post_attention_layernorm": "ffn_norm",
    }
    outer = {"model.embed_tokens": "token_embd", "model.norm": "output_norm", "lm_head": "output"}
    for name, tensor in safetensors(folder / "model.safetensors").items():
        stem = name.removesuffix(".weight")
        weights = numpy.ascontiguousarray(tensor, dtype=numpy.float32)
        if stem in outer:
            target = outer[stem]
        else:
            _, _, layer, part = stem.split(".", 3)
            if part in ("self_attn.q_proj", "self_attn.k_proj"):
                weights = interleaved(weights, heads if part == "self_attn.q_proj" else shared)
            target = f"blk.{layer}.{names[part]}"
        writer.add_tensor(f"{target}.weight", numpy.ascontiguousarray(weights))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path, help="a folder with config.json, model.safetensors, tokenizer.json")
    parser.add_argument("output", type=pathlib.Path, help="the GGUF file to write")
    chosen = parser.parse_args()
    convert(chosen.folder, chosen.output)
