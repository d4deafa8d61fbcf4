import Foundation
import Models
import Testing

/// `etascope train`: a model like any other comes out, however often it was stopped.
@Suite(.ownThread)
struct TrainTests {
  /// Rows that teach nothing much: the sample questions with nothing but their answers.
  private func rows(_ count: Int, _ scratch: Scratch) throws -> String {
    let problems = try String(contentsOfFile: Program.problems("train"), encoding: .utf8).split(separator: "\n")
    let lines = try problems.prefix(count).map { line in
      let problem = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      let (question, answer) = (problem["question"] as? String ?? "", problem["answer"] as? String ?? "")
      let row = ["prompt": question + "\n", "completion": "#### \(answer)\n"]
      return String(decoding: try JSONSerialization.data(withJSONObject: row), as: UTF8.self)
    }
    return try scratch.file("rows.jsonl", lines.joined(separator: "\n") + "\n")
  }

  private func steps(_ output: String) -> [Int] {
    output.split(separator: "\n").compactMap { line in
      (try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])?["step"] as? Int
    }
  }

  @Test func aStoppedAndKilledTrainingComesToTheSameModel() throws {
    let scratch = try Scratch()
    let arguments = ["train", try rows(64, scratch), "--batch", "8", "--epochs", "4", "--json", "--seed", "3", "-o"]
    let stopped = arguments + [scratch.path("stopped")]

    let first = try Program.start(stopped)
    #expect(Waiting.until { steps(first.output).count >= 2 })
    first.signal(SIGINT)
    #expect(first.wait() == 3)
    #expect(first.errors.contains("stopped by a signal; the same command goes on from here"))
    let done = steps(first.output).count

    let second = try Program.start(stopped)
    #expect(Waiting.until { steps(second.output).count >= 1 })
    second.signal(SIGKILL)
    #expect(second.wait() == 128 + SIGKILL)
    #expect(steps(second.output).first == done + 1, "it went on where the first stopped")

    let third = try Program.run(stopped)
    #expect(third.code == 0, "\(third.errors)")
    #expect(steps(third.output) == Array(done + 1...32))
    let whole = try Program.run(arguments + [scratch.path("whole")])
    #expect(steps(whole.output) == Array(1...32))
    let digests = [third, whole].compactMap { $0.objects.last?["digest"] as? String }
    #expect(digests.count == 2 && digests[0] == digests[1])
    let weights = try ["stopped", "whole"].map {
      try Data(contentsOf: scratch.url.appending(path: "\($0)/model.safetensors"))
    }
    #expect(weights[0] == weights[1])

    let search = try Program.run([
      "search", Program.problems("easy"), "--first", "1", "--simulations", "2", "--json", "--model",
      scratch.path("whole"),
      "--workspace", scratch.path("w.sqlite"),
    ])
    #expect(search.code == 0 && search.objects.count == 1)
  }

  @Test func aBadRowIsNamed() throws {
    let scratch = try Scratch()
    let file = try scratch.file(
      "rows.jsonl", #"{"prompt": "a", "completion": "b"}"# + "\n" + #"{"prompt": "\u001b[2J"}"#)
    let result = try Program.run(["train", file, "-o", scratch.path("out")])
    #expect(result.code == 1)
    #expect(try #require(result.message).contains("rows.jsonl:2: completion: expected"))
    #expect(!FileManager.default.fileExists(atPath: scratch.path("out")))
  }

  @Test(.enabled(if: ServingPackages.areInstalled, ServingPackages.missing))
  func whatIsTrainedLoadsInTransformers() throws {
    let scratch = try Scratch()
    let trained = try Program.run(["train", try rows(8, scratch), "--epochs", "1", "-o", scratch.path("out"), "--json"])
    #expect(trained.code == 0)
    let script = """
      import sys, torch, transformers as t
      m = t.AutoModelForCausalLM.from_pretrained(sys.argv[1], dtype="auto")
      w = t.AutoTokenizer.from_pretrained(sys.argv[1])
      ids = w("Ana has 3 pens. Ana buys 2 pens. How many pens does Ana have now?\\n", return_tensors="pt").input_ids
      out = m.generate(ids, max_new_tokens=24, do_sample=False)[0, ids.shape[1]:]
      print(m.dtype, m.num_parameters(), repr(w.decode(out, skip_special_tokens=True)))
      """
    let child = try Child(
      ServingPackages.python, ["-c", script, scratch.path("out")],
      environment: Program.environment(["HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1"]))
    #expect(child.wait() == 0, "\(child.errors)")
    let sample = try #require(trained.objects.last?["sample"] as? String)
    let quoted = sample.replacing("\n", with: "\\n")
    #expect(child.output.hasPrefix("torch.float32 "))
    #expect(child.output.contains("'\(quoted)'"), "the same words: \(child.output)")
  }
}
