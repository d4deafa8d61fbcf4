import Foundation
import Testing
import TreeInsight
import TreeSearch
import Vocabulary
import Workspace

/// Curation as people do it: one answer wherever it is shown, two people who label blind and a third who decides.
@Suite(.ownThread)
struct CurationTests {
  private let scratch: Scratch
  private var workspace: String { scratch.path("w.sqlite") }

  init() throws { scratch = try Scratch() }

  private func search(_ count: Int, simulations: Int) throws -> [[String: Any]] {
    let result = try Program.run([
      "search", Program.problems("train"), "--first", "\(count)", "--simulations", "\(simulations)", "--json",
      "--workspace", workspace,
    ])
    #expect(result.code == 0, "\(result.errors.suffix(1000))")
    return result.objects
  }

  /// The headless result, the list of problems and the tree on the screen name the same answer, in 200 of 200 problems.
  @Test func oneAnswerEverywhere() throws {
    let results = try search(200, simulations: 4)
    #expect(results.count == 200)
    let space = try Workspace(path: workspace, readOnly: true)
    for result in results {
      let run = try space.run(try #require(result["run"] as? String))
      let tree = try space.tree(of: run.id)
      let said = result["answer"] as? String
      #expect(run.summary.totals.answer == said, "the list, \(run.id)")
      #expect(ChosenAnswer(try space.timeline(of: run.id)).candidate(in: tree)?.answer == said, "the screen, \(run.id)")
    }
    #expect(
      results.contains { ($0["correct"] as? Bool) == true } && results.contains { ($0["correct"] as? Bool) == false })
  }

  /// What the list shows of a problem is what Enter opens, also where it was searched with another limit.
  @Test func whatIsListedIsOpened() throws {
    let results = try search(1, simulations: 3)
    let id = try #require(results.first?["problem"] as? String)
    let result = try Program.shell(
      "echo quit | \"$0\" explore --plain \(Program.problems("train")) --problem \(id) --workspace \(workspace)")
    #expect(result.code == 0 && result.output.contains("3 simulations"), "\(result.output)\(result.errors)")
    #expect(try Program.run(["run", "list", "--workspace", workspace]).lines.count == 1)
  }

  /// Lines of the explorer's line mode, as one person.
  private func say(_ person: String, _ lines: [String], _ mode: String, _ problems: String) throws -> String {
    let said = try scratch.file("said-\(person)", lines.map { $0 + "\n" }.joined())
    let result = try Program.shell(
      "\"$0\" explore --plain \(problems) --workspace \(workspace) \(mode) --as \(person) < \(said)")
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.lines.allSatisfy { Program.isHarmless($0) })
    return result.output
  }

  @Test func twoPeopleLabelBlindAndAThirdDecides() throws {
    let results = try search(30, simulations: 4)
    let ids = results.compactMap { $0["problem"] as? String }
    let all = try String(contentsOfFile: Program.problems("train"), encoding: .utf8).split(separator: "\n").prefix(30)
    let problems = try scratch.file("p.jsonl", all.joined(separator: "\n") + "\n")
    // Ana finds every first step good and every second one bad; Bob finds all good but for the first step of every third task.
    let ana = try say(
      "ana", ["open"] + ids.flatMap { _ in ["good step", "bad step", "accept"] } + ["quit"], "--blind", problems)
    for hidden in ["right", "wrong", "correct", " Q ", "visits", "rerank"] {
      #expect(!ana.contains(hidden), "\(hidden) is hidden from who labels blind")
    }
    _ = try say(
      "bob",
      ["open"] + ids.indices.flatMap { [$0 % 3 == 0 ? "bad step" : "good step", "good step", "accept"] } + ["quit"],
      "--blind", problems)
    let space = try Workspace(path: workspace, readOnly: true)
    var counts: [String: Int] = [:]
    try space.forEachLabel { entry in
      #expect(entry.label.isBlind && entry.label.milliseconds != nil && entry.label.role == .labeller)
      if case .step = entry.label.act { counts[entry.label.who, default: 0] += 1 }
    }
    #expect(counts["ana"] == counts["bob"] && counts["ana"] ?? 0 > 45, "\(counts)")
    let agreement = try Program.run(["dataset", "agreement", "--json", "--workspace", workspace])
    #expect(agreement.code == 0 && agreement.objects.count > 0, "\(agreement.errors)")
    // A third person decides where they differ; the first two have nothing to decide.
    #expect(try say("ana", ["quit"], "--adjudicate", problems).contains("0 problems"))
    let cy = try say("cy", ["open", "good step", "good step", "accept", "quit"], "--adjudicate", problems)
    #expect(cy.contains("A ") && cy.contains("B ") && !cy.contains("ana") && !cy.contains("bob"))
    let ledger = try space.labelLedger()
    let decided = ledger.units.filter { ledger.adjudicated(.step, of: $0.id) == .good }
    #expect(decided.count == 2)
    #expect(try Program.run(["dataset", "verify", "--workspace", workspace]).code == 0)
  }

  @Test func assignmentsOverlap() throws {
    let given = Assignment(of: (0..<100).map { "p\($0)" }, to: ["ana", "bo", "cy"], overlap: 0.2)
    #expect(given.people.count { $0.names.count == 2 } == 20)
    #expect(given.people.allSatisfy { Set($0.names).count == $0.names.count })
    #expect(given.counts == ["ana": 40, "bo": 40, "cy": 40])
    let problems = try scratch.file(
      "two.jsonl", #"{"id":"a","question":"x"}"# + "\n" + #"{"id":"b","question":"y"}"# + "\n")
    let assign = { (arguments: [String]) in
      try Program.run(["dataset", "assign", problems, "--workspace", workspace] + arguments)
    }
    #expect(
      try assign(["--to", "ana,bo", "--overlap", "0.5", "--json"]).objects.first as? [String: Int] == [
        "ana": 2, "bo": 1,
      ])
    for bad in [
      ["--to", "ana,ana"], ["--to", ""], ["--to", "ana", "--overlap", "0.5"], ["--to", "ana", "--overlap", "2"],
    ] {
      #expect(try assign(bad).code == 2, "\(bad)")
    }
    #expect(try assign(["--to", "ana", "--overlap", "0", "--lift"]).code == 0)
  }
}
