"""Trains two steps on exports: train_rows.py MODEL (kto|reward DATA)... prints, a line each, the losses as JSON."""

import json
import sys
import tempfile

from datasets import load_dataset
from transformers import AutoModelForSequenceClassification, AutoTokenizer
from trl import KTOConfig, KTOTrainer, RewardConfig, RewardTrainer


def losses(kind, data, model):
    common = dict(
        output_dir=tempfile.mkdtemp(), use_cpu=True, bf16=False, gradient_checkpointing=False, max_length=512,
        report_to="none", max_steps=2, per_device_train_batch_size=2, logging_steps=1, save_strategy="no")
    rows = load_dataset(data, split="train")
    if kind == "kto":
        trainer = KTOTrainer(model=model, train_dataset=rows, args=KTOConfig(**common))
    else:
        judge = AutoModelForSequenceClassification.from_pretrained(model, num_labels=1)
        words = AutoTokenizer.from_pretrained(model)
        words.pad_token = words.pad_token or words.eos_token
        judge.config.pad_token_id = words.pad_token_id
        trainer = RewardTrainer(model=judge, processing_class=words, train_dataset=rows, args=RewardConfig(**common))
    trainer.train()
    return [entry["loss"] for entry in trainer.state.log_history if "loss" in entry]


model, *rest = sys.argv[1:]
for kind, data in zip(rest[::2], rest[1::2]):
    print(json.dumps({"kind": kind, "losses": losses(kind, data, model)}), flush=True)
