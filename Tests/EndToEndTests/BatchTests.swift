import Foundation
import ServerFixture
import Synchronization
import Testing

/// Batches of problems of which some cannot be searched.
@Suite(.ownThread)
struct BatchTests {
  /// A completions server that refuses some questions, in one way or another, and counts what it is asked.
  private final class Refusing: Sendable {
    private let script = CompletionsServerScript()
    let asked = Mutex(0)
    /// Whether it still refuses.
    let refuses = Mutex(true)

    func reply(to request: LoopbackServer.Request) -> LoopbackServer.Reply {
      let prompt = request.fields["prompt"] as? String ?? ""
      asked.withLock { $0 += 1 }
      guard refuses.withLock({ $0 }),
        let line = prompt.split(separator: "\n").last(where: { $0.hasPrefix("Question:") })
      else { return script.reply(to: request) }
      if line.contains("far too long") {
        return .answer(
          status: 400, body: #"{"error":{"message":"This model's maximum context length is 2048 tokens"}}"#)
      }
      if line.contains("below the root"), !prompt.hasSuffix("Solution:\n") {
        return .answer(status: 400, body: #"{"error":{"message":"maximum context length exceeded"}}"#)
      }
      return script.reply(to: request)
    }
  }

  private static let problems = """
    {"id": "fine", "question": "How many?", "answer": "1"}
    {"id": "long", "question": "This one is far too long. How many?", "answer": "2"}
    {"id": "deep", "question": "This one ends below the root. How many?", "answer": "3"}
    {"id": "last", "question": "And how many now?", "answer": "4"}

    """

  @Test func aBatchGoesOnPastAProblemThatCannotBeSearched() throws {
    let refusing = Refusing()
    let server = try LoopbackServer { refusing.reply(to: $0) }
    let scratch = try Scratch()
    let file = try scratch.file("p.jsonl", Self.problems)
    let search = [
      "search", file, "--model", server.url, "--simulations", "8", "--json", "--set", "width.root.minimum=2",
      "--set", "width.root.maximum=3", "--workspace", scratch.path("w.sqlite"),
    ]
    let result = try Program.run(search + ["--jobs", "2"])
    #expect(result.code == 1)
    #expect(result.errors.contains("etascope: 1 of 4 problems could not be searched to their end"), "\(result.errors)")
    #expect(result.objects.map { $0["problem"] as? String } == ["fine", "long", "deep", "last"], "the file's order")
    let errors = result.objects.map { $0["error"] as? String }
    #expect(errors.map { $0 == nil } == [true, false, true, true], "\(result.output)")
    #expect(errors[1]?.contains("maximum context length") == true)
    #expect(result.objects.map { $0["stopped"] as? String } == ["simulations", "failed", "simulations", "simulations"])
    let findings = result.objects[2]["findings"] as? [[String: Any]] ?? []
    #expect(findings.contains { $0["kind"] as? String == "noContinuation" }, "\(findings)")
    #expect(refusing.asked.withLock { $0 } < 700, "nothing is asked again and again")

    // What failed stays failed until somebody wants it tried again.
    refusing.refuses.withLock { $0 = false }
    let kept = try Program.run(search + ["--resume"])
    #expect(kept.code == 1)
    #expect(kept.objects.map { $0["run"] as? String } == result.objects.map { $0["run"] as? String })
    let again = try Program.run(search + ["--resume", "--retry-failed"])
    #expect(again.code == 0, "\(again.errors)")
    #expect(again.objects[1]["simulations"] as? Int == 8)
  }

  @Test func retryingNeedsARunToGoOnWith() throws {
    let result = try Program.run(["search", Program.problems("easy"), "--retry-failed"])
    #expect(result.code == 2)
    #expect(result.message?.contains("--retry-failed: expected with --resume") == true)
  }

  @Test func evaluationKeepsWhatTheOthersFinished() throws {
    let refusing = Refusing()
    let server = try LoopbackServer { refusing.reply(to: $0) }
    let scratch = try Scratch()
    let file = try scratch.file("p.jsonl", Self.problems)
    let result = try Program.run([
      "evaluate", file, "--model", server.url, "--simulations", "3", "--json", "--methods", "greedy,search", "--config",
      try scratch.file("c.toml", "[server]\nattempts = 1\n"),
    ])
    #expect(result.code == 1)
    #expect(result.errors.contains("long: the greedy answer: "))
    #expect(result.objects.map { $0["problems"] as? Int } == [3, 3])
  }
}
