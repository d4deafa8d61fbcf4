"""What TRL makes of the first row of exports: first_row.py MODEL (sft|dpo DATA)... prints, a line each, the batch that holds that
row alone, as JSON."""

import json
import sys
import tempfile

from datasets import load_dataset
from trl import DPOConfig, DPOTrainer, SFTConfig, SFTTrainer


def batch(script, data, model):
    common = dict(
        output_dir=tempfile.mkdtemp(), use_cpu=True, bf16=False, gradient_checkpointing=False, max_length=512,
        report_to="none")
    rows = load_dataset(data, split="train")
    if script == "sft":
        chat = {"assistant_only_loss": True} if "messages" in rows.column_names else {}
        trainer = SFTTrainer(model=model, train_dataset=rows, args=SFTConfig(**common, **chat))
    else:
        trainer = DPOTrainer(model=model, train_dataset=rows, args=DPOConfig(**common))
    return {name: value.tolist() for name, value in trainer.data_collator([trainer.train_dataset[0]]).items()}


model, *rest = sys.argv[1:]
for script, data in zip(rest[::2], rest[1::2]):
    print(json.dumps(batch(script, data, model)), flush=True)
