import Models

/// The command line of a script module of TRL (1.16; `SampleData/Trainers/requirements.txt` pins it).
struct TRLArguments {
  /// The projections of a Llama that an adapter goes to.
  private static let projections = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]

  let job: TrainingJob
  let script: TRLTrainer.Script
  let rows: TrainingRowForm.Content
  /// Tokens that the model takes.
  let context: Int
  /// Where the model is written.
  let output: String
  /// True where there is no accelerator.
  let onProcessor: Bool
  /// Where a stopped training goes on.
  let checkpoint: String?

  /// Steps in all, on one process.
  var steps: Int {
    let recipe = job.recipe
    let all = (rows.count + recipe.batch - 1) / recipe.batch * recipe.epochs
    return recipe.maxSteps ?? all
  }

  /// The words behind the launcher.
  var words: [String] {
    let recipe = job.recipe
    var pairs: [(String, String)] = [
      ("model_name_or_path", job.model), ("dataset_name", job.data), ("output_dir", output),
      ("learning_rate", "\(recipe.learningRate)"), ("per_device_train_batch_size", "\(recipe.batch)"),
      ("lr_scheduler_type", "linear"), ("warmup_steps", "\(recipe.warmup)"), ("max_grad_norm", "\(recipe.clip)"),
      ("adam_beta1", "\(recipe.beta1)"), ("adam_beta2", "\(recipe.beta2)"), ("weight_decay", "\(recipe.weightDecay)"),
      // Seeds of numpy have 32 bits.
      ("seed", "\(job.seed % (1 << 32))"), ("max_length", "\(context)"), ("dtype", "float32"), ("report_to", "none"),
      ("logging_steps", "1"), ("eval_strategy", "no"), ("save_strategy", "steps"),
      ("save_steps", "\(max(1, steps / 10))"), ("save_total_limit", "1"), ("num_train_epochs", "\(recipe.epochs)"),
    ]
    if let most = recipe.maxSteps { pairs.append(("max_steps", "\(most)")) }
    if onProcessor {
      // Without these TRL refuses to start, or rounds and computes anew what is slow here and free there.
      pairs += [("use_cpu", "true"), ("bf16", "false"), ("gradient_checkpointing", "false")]
    }
    var words = ["-m", "trl.scripts.\(script.rawValue)"] + pairs.flatMap { ["--" + $0.0, $0.1] }
    switch script {
    case .sft: words += rows.isConversational ? ["--assistant_only_loss", "true"] : ["--completion_only_loss", "true"]
    case .dpo:
      // The supervised term keeps the chosen side from becoming less likely along with the rejected one.
      words += ["--beta", "0.1", "--loss_type", "sigmoid", "sft", "--loss_weights", "1.0", "0.1"]
    }
    if let rank = recipe.adapterRank {
      words += ["--use_peft", "--lora_r", "\(rank)", "--lora_alpha", "\(2 * rank)", "--lora_dropout", "0"]
      words += ["--lora_target_modules"] + Self.projections
    }
    return words + (checkpoint.map { ["--resume_from_checkpoint", $0] } ?? [])
  }
}
