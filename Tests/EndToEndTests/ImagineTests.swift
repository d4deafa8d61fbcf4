import Foundation
import Testing

/// `etascope imagine` as people and scripts use it.
@Suite(.ownThread)
struct ImagineTests {
  private static let leaks = PythonPackages.script("held_out_leaks.py")

  private func leaks(_ file: String, _ heldOut: String...) throws -> Program.Outcome {
    try Program.shell("python3 \"$@\"", Self.leaks, file, heldOut[0])
  }

  /// By rule and by the policy; the file is searched, and a script that knows nothing of the program finds no leak in it.
  @Test func whatIsImaginedIsSearched() throws {
    let scratch = try Scratch()
    let file = scratch.path("imagined.jsonl")
    let arguments = [
      "imagine", Program.problems("train"), "--count", "24", "--held-out", Program.problems("test"), "--seed", "5",
      "--samples", "2", "-o",
    ]
    let made = try Program.run(arguments + [file, "--json"])
    try #require(made.code == 0, "\(made.errors)")
    let summary = try #require(made.object)
    let tried = try #require(summary["tried"] as? Int)
    #expect(summary["accepted"] as? Int == 24 && made.lines.count == 1 && tried > 24)
    let kinds = try #require(summary["kinds"] as? [[String: Any]])
    #expect(kinds.compactMap { $0["kind"] as? String } == ["numbers", "deepen", "compose", "policy"])
    let text = try String(contentsOfFile: file, encoding: .utf8)
    #expect(text.split(separator: "\n").count == tried)
    // The same again, whatever the workspace.
    let again = scratch.path("again.jsonl")
    _ = try Program.run(arguments + [again])
    #expect(try String(contentsOfFile: again, encoding: .utf8) == text)

    let workspace = scratch.path("w.sqlite")
    let searched = try Program.run([
      "search", file, "--first", "2", "--simulations", "3", "--workspace", workspace, "--json",
    ])
    #expect(searched.code == 0 && searched.lines.count == 2, "\(searched.errors)")
    #expect(searched.errors.contains("\(tried - 24) imagined problems that were refused are left out"))
    let problem = searched.object?["problem"] as? String
    #expect(problem?.hasPrefix("imagined-0-") == true)

    let checked = try leaks(file, Program.problems("test"))
    #expect(
      checked.code == 0 && checked.output == "0 leaks in 24 accepted problems\n", "\(checked.output)\(checked.errors)")
    // The script does find leaks: what was held out is put into the file under other names.
    let test = try String(contentsOfFile: Program.problems("test"), encoding: .utf8)
    let planted = test.split(separator: "\n").prefix(3).map {
      $0.replacing("Tom", with: "Zed").replacing("{\"id\"", with: "{\"verdict\": {\"accepted\": true}, \"id\"")
    }
    let found = try leaks(
      scratch.file("planted.jsonl", planted.joined(separator: "\n") + "\n"), Program.problems("test"))
    #expect(found.code == 1 && found.output.contains("\ttemplate\t") && found.output.contains("\tsplit\t"))
  }

  @Test func withoutAFileRecordsArePrinted() throws {
    let result = try Program.run([
      "imagine", Program.problems("train"), "--count", "2", "--kinds", "backward", "--json",
    ])
    let records = result.objects
    #expect(result.code == 0 && records.count >= 3)
    #expect(records.last?["accepted"] as? Int == 2)
    let accepted = records.dropLast().filter { ($0["verdict"] as? [String: Any])?["accepted"] as? Bool == true }
    #expect(accepted.count == 2)
    for record in accepted {
      #expect((record["question"] as? String)?.hasSuffix("unknown variable x?") == true)
      #expect(record["answerFrom"] as? String == "hidden" && record["answer"] is String)
    }
    let lines = try Program.run([
      "imagine", Program.problems("train"), "--count", "2", "--kinds", "deepen", "--accepted-only",
    ])
    #expect(lines.lines.count == 2 && lines.lines.allSatisfy { $0.hasPrefix("accepted\tdeepen\t") }, "\(lines.output)")
    #expect(lines.errors.contains(" questions accepted\n"))
  }

  @Test func heldOutProblemsAreNotImaginedFrom() throws {
    let result = try Program.run(["imagine", Program.problems("dev"), "--count", "1"])
    #expect(result.code == 2)
    #expect(result.errors.contains("etascope: expected problems to imagine from, all of them are held out"))
  }

  @Test(arguments: [
    (["--count", "0"], "--count: expected 1 or more, found 0"),
    (["--kinds", "numbers,dreams"], "--kinds: expected some of policy, rephrase,"),
    (["--difficulty", "hard"], "--difficulty: expected two shares, as in .2-.8, found 'hard'"),
    (["--difficulty", ".2-.8", "--samples", "0"], "--difficulty: expected with --samples"),
    (["--opening", "door"], "--opening: expected one of beginning, examples, turn, found 'door'"),
    (["--imagine-prompt", "rephrase"], "--imagine-prompt: expected KIND=FILE, found 'rephrase'"),
  ])
  func unusableArguments(_ arguments: [String], _ words: String) throws {
    let result = try Program.run(["imagine", Program.problems("train")] + arguments)
    #expect(result.code == 2)
    #expect(result.message?.hasPrefix("etascope: " + words) == true, "\(result.errors)")
  }

  @Test func whatIsReadIsNotWrittenOver() throws {
    let scratch = try Scratch()
    let story = "{\"question\": \"Ana has 5 pens. How many pens does Ana have now?\"}\n"
    let file = try scratch.file("p.jsonl", story)
    let result = try Program.run(["imagine", file, "--kinds", "numbers", "--count", "1", "-o", file])
    #expect(result.code == 2 && result.message?.contains("expected another file") == true, "\(result.errors)")
    #expect(try String(contentsOfFile: file, encoding: .utf8) == story)
    // A story of one number has 28 forms: the work ends, and says so.
    let all = try Program.run([
      "imagine", file, "--kinds", "numbers", "--count", "100", "-o", scratch.path("all.jsonl"),
    ])
    #expect(all.code == 1 && all.errors.contains("no more were tried"), "\(all.errors)")
  }
}
