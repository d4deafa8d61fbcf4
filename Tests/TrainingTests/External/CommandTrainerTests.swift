import Foundation
import Models
import Testing

@testable import Training

/// A command of the user's own: what it is given, what it says, what it leaves.
struct CommandTrainerTests {
  /// Leaves the model that it began from.
  private static let copies = #"cp -r "$ETASCOPE_MODEL"/. "$ETASCOPE_OUTPUT"/"#

  private func trainer(_ stub: Stub, _ script: String) throws -> CommandTrainer {
    try CommandTrainer(try stub.script("train.sh", script))
  }

  @Test func itIsGivenFoldersAndASeed() async throws {
    let stub = try Stub()
    var job = stub.job
    job.recipe.maxSteps = 3
    let model = try await stub.train(
      try CommandTrainer(
        try stub.script(
          "my train.sh".replacing(" ", with: "-"),
          """
          [ "$0 $1" != "$0 --fast" ] && exit 9
          shift
          [ "$1" = "$ETASCOPE_DATA" ] && [ "$2" = "$ETASCOPE_MODEL" ] && [ "$3" = "$ETASCOPE_OUTPUT" ] || exit 8
          [ "$4" = 7 ] && [ "$ETASCOPE_SEED" = 7 ] && [ -f "$1/data/train.jsonl" ] && [ -d "$3" ] || exit 7
          case "$ETASCOPE_RECIPE" in *'"maxSteps":3'*) ;; *) exit 6 ;; esac
          [ -z "$ETASCOPE_WORKSPACE" ] || exit 5
          echo '{"step": 1, "steps": 3, "loss": 2.5}'
          echo '{"step": 3, "steps": 3, "loss": 1.5, "message": "done"}'
          \(Self.copies)
          """) + " --fast", environment: ["PATH": "/usr/bin:/bin", "ETASCOPE_WORKSPACE": "secret"]), job)
    #expect(stub.progress.map(\.step) == [1, 3] && stub.progress.last?.message == "done")
    #expect(model.kind == .model && model.steps == 3 && model.loss == 1.5 && model.sample != nil)
    #expect(model.folder == stub.path("out"))
    #expect(!stub.names("out").contains(".training") && stub.names("out").contains("training.json"))
    _ = try EmbeddedModel(ModelFolder.load(model.folder))
  }

  /// A training that is finished is not done again; another one is not taken for it.
  @Test func whatIsThereIsNotTrainedAgain() async throws {
    let stub = try Stub()
    let trainer = try trainer(stub, "echo run >> \(stub.path("runs")); \(Self.copies)")
    let first = try await stub.train(trainer)
    #expect(try await stub.train(trainer) == first)
    #expect(stub.text("runs") == "run\n")
    try stub.rows(#"{"prompt":"a\n","completion":"c\n"}"#)
    #expect(
      await stub.failure(trainer).hasPrefix(
        "\(stub.path("out")): expected a new or an empty folder, or one where this training was stopped; found "))
    #expect(stub.text("runs") == "run\n")
  }

  @Test func whatItLeavesIsReadBack() async throws {
    let stub = try Stub()
    #expect(
      await stub.failure(try trainer(stub, "true")).hasPrefix("what was trained cannot be used: "), "an empty folder")
    let broken = try trainer(stub, "\(Self.copies); rm \"$ETASCOPE_OUTPUT/tokenizer.json\"")
    let said = await stub.failure(broken)
    #expect(said.contains("tokenizer.json"), "\(said)")
    let cut = try trainer(stub, "\(Self.copies); truncate -s 2000 \"$ETASCOPE_OUTPUT/model.safetensors\"")
    #expect(await stub.failure(cut).contains("model.safetensors"))
    #expect(stub.names("out").filter { !$0.hasPrefix(".") } == [], "what cannot be used is not the result")
    let pickled = try trainer(stub, "\(Self.copies); touch \"$ETASCOPE_OUTPUT/training_args.bin\"")
    _ = try await stub.train(pickled)
    #expect(!stub.names("out").contains("training_args.bin"))
  }

  @Test func aFailureIsToldWithItsLastWords() async throws {
    let stub = try Stub()
    let said = await stub.failure(
      try trainer(
        stub,
        """
        echo 'Traceback (most recent call last):' >&2
        for i in 1 2 3 4 5 6; do echo "  line $i" >&2; done
        printf 'KeyError: \\033[2Jcompletion\\a\\n' >&2; exit 4
        """))
    let program = "command:" + stub.path("train.sh")
    #expect(
      said == "\(program): ended with exit code 4: line 4 | line 5 | line 6 | KeyError: [2Jcompletion "
        + "(all messages: \(stub.path("out"))/.training/log.txt)")
    #expect(stub.text("out/.training/log.txt").contains("line 1\n"))
    let silent = await stub.failure(try trainer(stub, "exit 2"))
    #expect(silent.contains(": ended with exit code 2; it said nothing ("), "\(silent)")
    let diverged = await stub.failure(
      try trainer(stub, "echo \"{'loss': 'nan'}\"; \(Self.copies)"))
    #expect(diverged == "\(program): the loss is no number after 1 steps: it diverged")
  }

  @Test func garbageIsPassedOver() async throws {
    let stub = try Stub()
    let model = try await stub.train(
      try trainer(
        stub, "head -c 300000 /dev/urandom; head -c 300000 /dev/urandom >&2; echo; echo '{\"step\": 1}'; \(Self.copies)"
      ))
    #expect(model.steps == 1 && stub.progress.map(\.step) == [1])
  }

  @Test func cancellingLeavesNothingRunning() async throws {
    let stub = try Stub()
    let slow = try trainer(stub, "sleep 600 & echo $! > \(stub.path("child")); echo kept > \"$3/state\"; sleep 600")
    let task = Task { try await stub.train(slow) }
    let child = try #require(await stub.number("child"))
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(await isGone(child))
    // Called again, it finds what it had left; another training does not.
    let other = try trainer(stub, "[ -f \"$3/state\" ] || exit 1; rm \"$3/state\"; \(Self.copies)")
    #expect(slow.name == other.name)
    var job = stub.job
    job.seed = 8
    #expect(await stub.failure(other, job).contains("exit code 1"))
    let again = try Stub()
    let first = try trainer(again, "echo kept > \"$3/state\"; sleep 600 & echo $! > \(again.path("child")); wait")
    let stopped = Task { try await again.train(first) }
    _ = try #require(await again.number("child"))
    stopped.cancel()
    _ = try? await stopped.value
    _ = try trainer(again, "[ -f \"$3/state\" ] || exit 1; rm \"$3/state\"; \(Self.copies)")
    #expect(try await again.train(first).kind == .model)
  }

  @Test func whatCannotBeUsedIsSaidBeforeItIsStarted() async throws {
    #expect { try CommandTrainer(" ") } throws: { "\($0)".contains("expected a command behind command:") }
    let stub = try Stub()
    let trainer = try trainer(stub, "touch \(stub.path("begun"))")
    var job = stub.job
    job.recipe.batch = 0
    #expect(await stub.failure(trainer, job) == "batch: expected 1 to 1000000, found 0")
    job = stub.job
    job.model = stub.path("nowhere")
    #expect(await stub.failure(trainer, job).hasPrefix(stub.path("nowhere")))
    job = stub.job
    job.data = stub.path("nothing")
    #expect(await stub.failure(trainer, job) == "\(stub.path("nothing"))/data/train.jsonl: expected a file with rows")
    _ = try stub.folder.write("out/thesis.tex", "years of work")
    #expect(await stub.failure(trainer).hasSuffix("found thesis.tex"))
    #expect(stub.text("out/thesis.tex") == "years of work" && !stub.names("").contains("begun"))
  }
}
