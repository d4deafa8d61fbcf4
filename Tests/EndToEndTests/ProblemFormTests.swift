import Foundation
import Testing

/// Files of problems in the forms that people have, through the program.
@Suite(.ownThread)
struct ProblemFormTests {
  private static let story = "Mina has 2 pears. Mina buys 3 pears. How many pears does Mina have?"

  private func expectSolved(_ result: Program.Outcome, problems: Int = 1, _ what: Comment) throws {
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.objects.count == problems, what)
    let first = try #require(result.object, what)
    #expect(first["simulations"] as? Int == 2, what)
    #expect(first["correct"] is Bool, what)
  }

  @Test func aTableIsSearched() throws {
    let scratch = try Scratch()
    let path = try scratch.file("p.csv", "\u{FEFF}Question;Answer\r\n\"\(Self.story)\";5\r\n")
    let result = try Program.run(arguments(path, scratch))
    try expectSolved(result, "CSV")
    let run = try #require(result.object?["run"] as? String)
    let export = try Program.run(["run", "export", run, "--workspace", scratch.path("w.sqlite")])
    let problem = try #require(export.object?["problem"] as? [String: Any])
    #expect(problem["question"] as? String == Self.story)
    #expect(problem["answer"] as? String == "5")
  }

  @Test func aPackedFileAndStandardInputAreSearched() throws {
    let scratch = try Scratch()
    let path = try scratch.file(
      "p.json", "{\n \"problem\": \"\(Self.story)\",\n \"solution\": \"So \\\\boxed{5}.\"\n}\n")
    let all = "--json --simulations 2 --workspace \(scratch.path("w.sqlite"))"
    try expectSolved(
      try Program.shell("gzip -c \(path) > \(path)x && $0 search \(path)x \(all)"), "gzip, whatever its name")
    try expectSolved(try Program.shell("cat \(path) | $0 search - \(all)"), "standard input")
    try expectSolved(try Program.shell("gzip -c \(path) | $0 search - \(all)"), "packed standard input")
    let none = try Program.shell("$0 search - \(all) </dev/null")
    #expect(none.code == 1)
    #expect(none.message == "etascope: standard input: expected at least one problem, found none")
  }

  @Test func fieldsAreNamedAndBadRecordsPassedOver() throws {
    let scratch = try Scratch()
    let path = try scratch.file(
      "p.jsonl", "{\"task\":{\"text\":\"\(Self.story)\"},\"final\":5}\nnot JSON\n{\"task\":{\"text\":7}}\n")
    let fields = ["--fields", "question=task.text,answer=final"]
    let refused = try Program.run(arguments(path, scratch) + fields)
    #expect(refused.code == 1)
    #expect(refused.message == "etascope: \(path):2: line: expected a JSON object at byte 1")
    let result = try Program.run(arguments(path, scratch) + fields + ["--skip-bad"])
    try expectSolved(result, "--fields")
    #expect(
      result.errors.hasPrefix(
        "passed over: \(path):2: line: expected a JSON object at byte 1\n"
          + "passed over: \(path):3: task.text: expected a string, found a number\n2 bad records passed over\n"))
    let wrong = try Program.run(arguments(path, scratch) + ["--fields", "frage=task"])
    #expect(wrong.code == 2)
    #expect(wrong.message?.hasPrefix("etascope: --fields: expected one of question, ") == true)
  }

  @Test func aChoiceIsRightByItsText() throws {
    let scratch = try Scratch()
    let path = try scratch.file(
      "p.json", #"[{"question":"\#(Self.story)","options":["4","5","6"],"answer":"B"}]"#)
    let result = try Program.run(arguments(path, scratch))
    try expectSolved(result, "choices")
    let first = try #require(result.object)
    #expect(first["correct"] as? Bool == (first["answer"] as? String).map { ["5", "B"].contains($0) } ?? false)
  }

  @Test func theExplorerListsThemAndReadsNoKeysAsProblems() throws {
    let scratch = try Scratch()
    let path = try scratch.file("p.tsv", "question\tanswer\n\(Self.story)\t5\n\(Self.story)\t5\n")
    let plain = try Program.shell("echo quit | $0 explore \(path) --plain --workspace \(scratch.path("w.sqlite"))")
    #expect(plain.code == 0, "\(plain.errors)")
    #expect(plain.output.contains("2"), "both problems are listed")
    let refused = try Program.run(["explore", "-"])
    #expect(refused.code == 2)
    #expect(refused.message?.contains("expected a file") == true)
  }

  private func arguments(_ path: String, _ scratch: Scratch) -> [String] {
    ["search", path, "--json", "--simulations", "2", "--workspace", scratch.path("w.sqlite")]
  }
}
