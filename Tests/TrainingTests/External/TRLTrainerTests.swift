import Foundation
import Models
import Testing

@testable import Training

/// TRL's script modules are called as they want to be called; a shell script stands in for Python.
struct TRLTrainerTests {
  private func trainer(
    _ stub: Stub, _ text: String, _ script: TRLTrainer.Script = .sft
  ) throws -> TRLTrainer {
    let python = try stub.script("python3", text)
    return TRLTrainer(
      script, environment: ["PATH": "/usr/bin:/bin", "ETASCOPE_TRAINER_PYTHON": python, "CUDA_VISIBLE_DEVICES": ""])
  }

  /// Keeps its words and variables, and leaves the model that it began from as TRL would.
  private func copies(_ stub: Stub, _ more: String = "") -> String {
    """
    printf '%s\\n' "$@" >> \(stub.path("words")); env > \(stub.path("variables"))
    while [ $# -gt 0 ]; do case "$1" in --output_dir) out=$2 ;; --model_name_or_path) model=$2 ;; esac; shift; done
    \(more)
    for n in 1 2; do echo "{'loss': '0.$n', 'learning_rate': '1e-05', 'num_tokens': '$n', 'epoch': '$n.0'}"; done
    cp -r "$model"/. "$out"/; touch "$out/training_args.bin"; mkdir -p "$out/checkpoint-2"
    """
  }

  private func words(_ stub: Stub) -> [String] { stub.text("words").split(separator: "\n").map(String.init) }

  private func value(_ name: String, _ stub: Stub) -> String? {
    let words = words(stub)
    return words.firstIndex(of: "--" + name).map { words[$0 + 1] }
  }

  @Test func theScriptModuleIsCalledAsItWantsToBe() async throws {
    let stub = try Stub()
    let model = try await stub.train(try trainer(stub, copies(stub)))
    #expect(Array(words(stub).prefix(2)) == ["-m", "trl.scripts.sft"])
    #expect(value("model_name_or_path", stub) == Fixture.model.trimmingSuffix("/"))
    #expect(value("dataset_name", stub) == stub.path("rows"))
    for (name, expected) in [
      ("learning_rate", "0.0005"), ("num_train_epochs", "2"), ("per_device_train_batch_size", "32"), ("seed", "7"),
      ("warmup_steps", "20"), ("max_grad_norm", "1.0"), ("adam_beta2", "0.95"), ("report_to", "none"),
      ("use_cpu", "true"), ("bf16", "false"), ("gradient_checkpointing", "false"), ("dtype", "float32"),
      ("logging_steps", "1"), ("save_total_limit", "1"), ("completion_only_loss", "true"),
      ("max_length", "\(try ModelFolder.load(Fixture.model).configuration.context)"),
    ] {
      #expect(value(name, stub) == expected, "\(name)")
    }
    #expect(value("max_steps", stub) == nil && value("use_peft", stub) == nil)
    let variables = stub.text("variables")
    for line in ["HF_HUB_OFFLINE=1", "TRANSFORMERS_OFFLINE=1", "PYTHONSAFEPATH=1", "TQDM_DISABLE=1"] {
      #expect(variables.contains(line + "\n"), "\(line)")
    }
    #expect(!variables.contains("ETASCOPE_"))
    #expect(stub.progress.map(\.step) == [0, 1, 2] && stub.progress.last?.steps == 2)
    #expect(model.loss == 0.2 && model.kind == .model)
    #expect(
      stub.names("out").allSatisfy { !$0.hasPrefix("checkpoint") && $0 != "training_args.bin" && $0 != ".training" })
  }

  @Test func conversationsPairsAndAdapters() async throws {
    let chat = try Stub()
    try chat.rows(#"{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"}]}"#)
    _ = try await chat.train(try trainer(chat, copies(chat)))
    #expect(value("assistant_only_loss", chat) == "true" && value("completion_only_loss", chat) == nil)

    let pairs = try Stub()
    try pairs.rows(#"{"prompt":"a\n","chosen":"b\n","rejected":"c\n"}"#)
    var job = pairs.job
    let dpo = try trainer(pairs, copies(pairs), .dpo)
    #expect(
      await pairs.failure(dpo, job)
        == "learning rate: expected 0.0002 or less for preference pairs: above it models have collapsed; found 0.0005")
    (job.recipe.learningRate, job.recipe.maxSteps) = (3e-5, 4)
    _ = try await pairs.train(dpo, job)
    #expect(Array(words(pairs).prefix(2)) == ["-m", "trl.scripts.dpo"])
    #expect(
      value("beta", pairs) == "0.1" && value("max_steps", pairs) == "4" && value("learning_rate", pairs) == "3e-05")

    let adapter = try Stub()
    job = adapter.job
    (job.recipe.adapterRank, job.recipe.leavesAdapter) = (8, true)
    let said = await adapter.failure(try trainer(adapter, copies(adapter)), job)
    #expect(said == "sft: left a folder of another kind: model")
    #expect(value("lora_r", adapter) == "8" && value("lora_alpha", adapter) == "16")
    let words = words(adapter)
    let at = try #require(words.firstIndex(of: "--lora_target_modules"))
    #expect(
      words[(at + 1)...].prefix(7).joined(separator: " ") == "q_proj k_proj v_proj o_proj gate_proj up_proj down_proj")
  }

  /// A stopped training goes on at the last checkpoint that is whole.
  @Test func aCheckpointIsGoneOnFrom() async throws {
    let stub = try Stub()
    let slow = try trainer(
      stub,
      copies(
        stub,
        """
        if [ ! -d "$out/checkpoint-3" ]; then
          mkdir -p "$out/checkpoint-3" "$out/checkpoint-6"
          echo '{"global_step": 3}' > "$out/checkpoint-3/trainer_state.json"
          echo '{"global_st' > "$out/checkpoint-6/trainer_state.json"
          echo $$ > \(stub.path("self")); sleep 600
        fi
        """))
    let task = Task { try await stub.train(slow) }
    let pid = try #require(await stub.number("self"))
    task.cancel()
    _ = try? await task.value
    #expect(await isGone(pid))
    #expect(value("resume_from_checkpoint", stub) == nil)
    _ = try await stub.train(slow)
    #expect(value("resume_from_checkpoint", stub) == stub.path("out") + "/.training/model/checkpoint-3")
    #expect(stub.progress.suffix(3).map(\.step) == [3, 4, 5])
  }

  @Test func aLauncherOfOnesOwn() async throws {
    let stub = try Stub()
    let python = try stub.script("python3", "exit 1")
    let launcher = try stub.script("launch", copies(stub))
    let environment = [
      "PATH": "/usr/bin:/bin", "ETASCOPE_TRAINER_PYTHON": python, "CUDA_VISIBLE_DEVICES": "",
      "ETASCOPE_TRAINER_LAUNCHER": "launch --processes 2",
      "ETASCOPE_TRAINER_ARGUMENTS": "--bf16 true  --deepspeed z.json",
    ]
    _ = try await stub.train(TRLTrainer(.sft, environment: environment))
    #expect(Array(words(stub).prefix(4)) == ["--processes", "2", "-m", "trl.scripts.sft"])
    #expect(launcher == stub.path("launch"))
    #expect(words(stub).suffix(4) == ["--bf16", "true", "--deepspeed", "z.json"])
    // An epoch of one step, twice: what the epochs say counts, not what the rows come to.
    #expect(stub.progress.last?.steps == 2)
    let none = TRLTrainer(.sft, environment: environment.merging(["ETASCOPE_TRAINER_LAUNCHER": "no-such"]) { $1 })
    #expect(
      await stub.failure(none) == "ETASCOPE_TRAINER_LAUNCHER: expected a program, found none called no-such")
  }

  @Test func withoutThePackagesTheMessageSaysHowToGetThem() async throws {
    let stub = try Stub()
    let none = TRLTrainer(.sft, environment: ["XDG_CACHE_HOME": stub.path("cache")])
    #expect(
      await stub.failure(none)
        == "the trainer's packages are not installed in \(stub.path("cache"))/etascope/trainer: etascope improve --install-trainer; or name a Python "
        + "that has them by ETASCOPE_TRAINER_PYTHON")
    let wrong = TRLTrainer(.sft, environment: ["ETASCOPE_TRAINER_PYTHON": "/no/python"])
    #expect(
      await stub.failure(wrong) == "ETASCOPE_TRAINER_PYTHON: expected a program, found nothing at /no/python")
  }
}

extension String {
  fileprivate func trimmingSuffix(_ suffix: String) -> String {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
  }
}
