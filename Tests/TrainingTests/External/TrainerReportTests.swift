import Testing

@testable import Training

/// What programs print of their progress, as they print it.
struct TrainerReportTests {
  /// TRL 1.16's own lines.
  @Test func dictionariesOfPython() {
    var progress = ReportedProgress(steps: 8, epochs: 1)
    let told = progress.take(
      "{'loss': '2.961', 'grad_norm': '0.000507', 'learning_rate': '5e-05', 'entropy': '0.0003702', "
        + "'mean_token_accuracy': '1', 'num_tokens': '264', 'epoch': '0.125'}")
    #expect(told == TrainingProgress(step: 1, steps: 8, loss: 2.961, learningRate: 5e-5, tokens: 264))
    #expect(progress.take("{'loss': 1.5, 'epoch': 0.25, 'done': True, 'x': None}")?.step == 2)
    // What it says in the end is no step.
    #expect(progress.take("{'train_runtime': '0.1982', 'train_loss': '2.1e-05', 'epoch': '0.5'}") == nil)
    #expect(progress.take("✅ Training completed.") == nil)
    #expect(progress.step == 2 && progress.loss == 1.5)
  }

  /// LLaMA-Factory's `trainer_log.jsonl`, and our own.
  @Test func objectsOfJSON() {
    var progress = ReportedProgress(steps: 0, epochs: 3)
    #expect(
      progress.take(
        #"{"current_steps": 10, "total_steps": 120, "loss": 0.912, "lr": 4.9e-05, "epoch": 0.25, "percentage": 8.33, "#
          + #""elapsed_time": "0:00:12", "remaining_time": "0:02:12"}"#)
        == TrainingProgress(step: 10, steps: 120, loss: 0.912, learningRate: 4.9e-5))
    #expect(
      progress.take(#" {"step": 11, "steps": 120, "tokens": 9000, "message": "warm\u001b[2J\nup"} "#)
        == TrainingProgress(step: 11, steps: 120, tokens: 9000, message: "warm [2J up"))
    #expect(
      progress.take(#"{"message": "saving"}"#) == TrainingProgress(step: 11, steps: 120, message: "saving"))
    #expect(progress.loss == 0.912)
  }

  /// Several processes share a step's rows: what an epoch comes to is read off, not computed.
  @Test func theEpochTellsTheSteps() {
    var progress = ReportedProgress(steps: 0, epochs: 2)
    #expect(progress.take("{'loss': '1', 'epoch': '0.25'}")?.steps == 8)
    var resumed = ReportedProgress(steps: 10, epochs: 1, done: 6)
    #expect(resumed.take("{'loss': '1', 'epoch': '0.7'}")?.step == 7)
  }

  @Test func aLossThatIsNoNumberIsNotTold() {
    var progress = ReportedProgress(steps: 2, epochs: 1)
    #expect(progress.take("{'loss': 'nan', 'learning_rate': 'inf'}") == TrainingProgress(step: 1, steps: 2))
    #expect(progress.hasDiverged)
    #expect(progress.take("{'loss': '0.5'}")?.loss == 0.5)
    #expect(!progress.hasDiverged)
  }

  /// Nothing is evaluated, nothing else is a report, and nothing crashes.
  @Test(arguments: [
    "", "{", "}", "{}", "{'a'}", "{'a': }", "{'a': 'b'", "{'a': 'b\\", "{'a': 'b'} x", "{'a' 'b'}", "{a: 1}",
    "{'loss': __import__('os').system('true')}", "{'loss': [1, 2]}", "{'loss': {'a': 1}}", "{'loss': 1 'b': 2}",
    "[1, 2]", "{,}", "{'loss': 1,, 'b': 2}", "{\u{1B}[2J}", #"{"loss": "#, #"{"loss": [1]}"#, #"{"step": -1}"#,
    #"{"step": 1e300}"#, "\u{FFFD}\u{FFFD}{'loss': 1}",
  ])
  func whatIsNoReportIsPassedOver(_ line: String) {
    var progress = ReportedProgress(steps: 2, epochs: 1)
    #expect(progress.take(line) == nil)
    #expect(progress.step == 0)
  }

  @Test func longLinesCostNoMoreThanTheirLength() {
    var progress = ReportedProgress(steps: 2, epochs: 1)
    #expect(progress.take("{" + String(repeating: "'a': '1', ", count: 6_000) + "'loss': '1'}")?.step == 1)
    #expect(progress.take(String(repeating: "{", count: 60_000) + "}") == nil)
  }
}
