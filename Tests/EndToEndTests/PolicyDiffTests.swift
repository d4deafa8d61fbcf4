import Foundation
import Testing

/// `run diff` of two policies, with real models.
@Suite(.ownThread)
struct PolicyDiffTests {
  // Its folder is gone with it: kept for as long as the test runs.
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// Two problems, searched by the careless policy with two seeds and by the one it was made from.
  private func searched() throws -> [String] {
    let workspace = ["--workspace", scratch.path("w.sqlite")]
    let problems = try scratch.file(
      "p.jsonl",
      """
      {"id": "one", "question": "Ana has 13 apples. Lena has 10 apples. How many apples do Lena and Ana have together?", "answer": "23"}
      {"id": "two", "question": "Ben has 25 plums. Nora has 14 fewer plums than Ben. How many plums does Nora have?", "answer": "11"}

      """)
    for search in [
      ["--model", "SampleData/Models/careless"], ["--model", "SampleData/Models/careless", "--seed", "2"], [],
    ] {
      let result = try Program.run(["search", problems, "--json", "--simulations", "6"] + search + workspace)
      #expect(result.code == 0, "\(result.errors)")
    }
    return workspace
  }

  @Test func aQueueIsComparedWithTheNoiseBesideIt() throws {
    let workspace = try searched()
    let result = try Program.run(["run", "diff", "model=careless,seed=1", "model=policy", "--json"] + workspace)
    #expect(result.code == 0, "\(result.errors)")
    let head = try #require(result.objects.first)
    let changes = try #require(head["changes"] as? [String: Any])
    #expect(changes["problems"] as? Int == 2 && result.objects.count == 3)
    let table = ["bothRight", "bothWrong", "broken", "repaired"].compactMap { changes[$0] as? Int }
    #expect(table.count == 4 && table.reduce(0, +) == 2)
    #expect((head["noise"] as? [String: Any])?["problems"] as? Int == 2, "the careless policy with seed 2")
    #expect(Set(result.objects.dropFirst().compactMap { $0["problem"] as? String }) == ["one", "two"])

    let itself = try Program.run(["run", "diff", "seed=2", "seed=2", "--json"] + workspace)
    for difference in itself.objects.dropFirst() {
      #expect(difference["turn"] as? String == "same" && difference["onlyA"] as? Int == 0)
      #expect((difference["shifts"] as? [Any])?.isEmpty == true && difference["divergence"] == nil)
    }
    let words = try Program.run(["run", "diff", "model=careless,seed=1", "model=policy"] + workspace)
    #expect(words.output.contains("\tb right\tb wrong") && words.output.contains("exact McNemar p\t"))
  }

  @Test func twoRunsOfTwoModelsAreLaidOverEachOther() throws {
    let workspace = try searched()
    let runs = try Program.run(["run", "list", "--json"] + workspace).objects
    let ofOne = runs.filter { $0["problem"] as? String == "one" }.compactMap { $0["run"] as? String }
    try #require(ofOne.count == 3)
    let across = try #require(try Program.run(["run", "diff", ofOne[0], ofOne[2], "--json"] + workspace).object)
    #expect(across["difference"] is [String: Any] && across["noise"] is [String: Any])
    let words = try Program.run(["run", "diff", ofOne[0], ofOne[2]] + workspace)
    #expect(words.output.contains("in both: ") && words.output.contains("a to a with another seed"))
    // Of one model's two seeds the events are compared, unless asked for otherwise.
    #expect(try Program.run(["run", "diff", ofOne[0], ofOne[1]] + workspace).output.contains("seed: 1 | 2"))
    let asked = try Program.run(["run", "diff", ofOne[0], ofOne[1], "--align", "--threshold", "0"] + workspace)
    #expect(asked.output.contains("in both: "))

    let other = try #require(runs.first { $0["problem"] as? String == "two" }?["run"] as? String)
    for (arguments, code, said) in [
      ([ofOne[0], other, "--align"], 1, "expected two runs of one problem"),
      ([ofOne[0], "model=policy"], 2, "expected two runs or two selectors"),
      (["seed=x", "seed=1"], 2, "seed: expected a number"), (["model=nobody", "seed=1"], 1, "no run fits"),
      ([ofOne[0], ofOne[1], "--threshold", "2"], 2, "--threshold: expected a number from 0 to 1"),
      (["seed=1", "seed=2", "--noise", "nothing"], 2, "expected model=NAME"),
    ] {
      let result = try Program.run(["run", "diff"] + arguments + workspace)
      #expect(result.code == Int32(code) && result.message?.contains(said) == true, "\(arguments): \(result.errors)")
    }
  }
}
