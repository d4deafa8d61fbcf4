import Foundation
import Testing
import TreeSearch
import Vocabulary

@testable import Workspace

/// Whatever a person says with a key is found in the rows of each form that has a place for it, and what is judged bad is imitated
/// nowhere, whoever else said what of it.
@Suite struct KeyToRowTests {
  private let scratch: Scratch
  private let workspace: Workspace
  private let run: String

  init() throws {
    scratch = try Scratch()
    workspace = try Workspace.forTests(scratch.file("w.sqlite"))
    run = try ScriptedDriver.run(in: workspace).id
  }

  private func rows(_ format: DatasetFormat) throws -> [DatasetRow] { try format.rows(of: workspace.commitLog()) }

  private func commit(
    _ node: Int, _ verdict: Judgement.Verdict?, _ note: String = "", steps: [Int: StepLabel] = [:], who: String = "eve"
  ) throws {
    try workspace.commit(
      run: run, node: NodeID(node), judgement: Judgement(verdict: verdict, note: note, steps: steps, who: who))
  }

  /// Forms whose rows are pairs to an answer: the tree of these tests finishes one side only.
  private static let finished: [DatasetFormat] = [.finishedPreference, .reward]

  @Test(arguments: Judgement.Verdict.allCases) func verdictNoteAndPersonStandInEveryRow(verdict: Judgement.Verdict)
    throws
  {
    try commit(3, verdict, "so it is", steps: [1: .good])
    let none: [DatasetFormat] =
      switch verdict {
      case .good: Self.finished
      // Nothing is better than the path judged bad but what the search thinks less of.
      case .bad: Self.finished + [.promptCompletion, .conversational, .preference]
      case .unsure: Self.finished + [.promptCompletion, .conversational, .preference, .unpaired, .ranking]
      }
    for format in DatasetFormat.all {
      let rows = try rows(format)
      #expect(rows.isEmpty == none.contains(format), "\(format) \(verdict)")
      for row in rows {
        #expect(row["verdict"] == .text(verdict.rawValue) && row["note"] == .text("so it is"), "\(format)")
        #expect(row["who"] == .text("eve") && row["run"] == .text(run), "\(format)")
      }
    }
  }

  @Test(arguments: StepLabel.allCases) func aLabelReachesEveryFormWithAPlaceForIt(label: StepLabel) throws {
    try commit(3, .good, steps: [1: label, 3: .good])
    let stepwise = try #require(try rows(.stepwise).first)
    #expect(stepwise["labels"] == .list([.flag(label == .good), .flag(true)]))
    #expect(stepwise["label_sources"] == .list([.text("human"), .text("human")]))
    let ranking = try #require(try rows(.ranking).first)
    // The sibling "2 + 3 = 6" is worth less; a step labelled bad is below it all the same.
    let isBelow = label == .bad
    let (own, other) = (ExportValue.text("2 + 3 = 5\n"), ExportValue.text("2 + 3 = 6\n"))
    #expect(ranking["completions"] == .list(isBelow ? [other, own] : [own, other]))
    #expect(ranking["acts"] == .list(isBelow ? [.null, .text("bad")] : [.text(label.word), .null]))
    #expect(ranking["ranks"] == .list([.integer(1), .integer(2)]))
    let pair = try #require(try rows(.preference).first)
    #expect(pair["chosen"] == (isBelow ? other : own) && pair["rejected"] == (isBelow ? own : other))
    let imitated = try rows(.promptCompletion).map { $0["completion"] }
    #expect(imitated == (isBelow ? [] : [.text("2 + 3 = 5\n#### 5\n")]))
    #expect(try rows(.conversational).count == imitated.count)
    #expect(try rows(.unpaired).map { $0["label"] } == (isBelow ? [] : [.flag(true)]))
  }

  @Test func flagsRatingsAndEndsReachTheLinesOfLabels() throws {
    let tree = try workspace.tree(of: run)
    func say(_ act: Label.Act, _ node: Int, purpose: Label.Purpose = .work) throws {
      try workspace.append([
        Label(act, of: .init(run: run, tree: tree, node: NodeID(node)), who: "eve", purpose: purpose, milliseconds: 12)
      ])
    }
    try say(.step(.good), 1)
    try say(.step(.bad), 2)
    try say(.flag(true), 2)
    try say(.completion("five, then"), 1)
    try say(.step(.good), 3, purpose: .control)
    try say(.finish(.giveUp), 3)
    var line = ""
    _ = try workspace.forEachLabelLine(.prm800k) { line = String(decoding: $0, as: UTF8.self) }
    for words in [
      #"{"flagged":false,"rating":1,"text":"2 + 3 = 5"},{"flagged":true,"rating":-1,"text":"2 + 3 = 6"}"#,
      #""finish_reason":"give_up""#, #""total_time":12"#, #""labeler":"eve""#, #""is_quality_control_question":true"#,
    ] {
      #expect(line.contains(words), "\(words) in \(line)")
    }
  }

  // MARK: - What is judged bad

  /// A log of chance: a few people judge paths through a tree of two options a step, some labelled, some cut short, some undone.
  private static func log(seed: UInt64) throws -> CommitLog {
    var chance = SplitMix(seed: seed)
    func below(_ count: Int) -> Int { Int(chance.next() % UInt64(count)) }
    let problem = Problem(id: "p", question: "What?", answer: "1")
    var entries: [CommitEntry] = []
    func append(_ content: CommitEntry.Content, _ who: String, _ verdict: Judgement.Verdict?) throws {
      entries.append(
        try CommitEntry(
          previous: entries.last?.id, at: "2026-01-01T00:00:0\(entries.count % 10).000Z", who: who, verdict: verdict,
          note: "n\(entries.count)", content: content))
    }
    for _ in 0..<(2 + below(9)) {
      if let last = entries.last?.id, entries.last?.trajectory != nil, below(8) == 0 {
        try append(.undo(last), "ada", nil)
        continue
      }
      var trajectory = Trajectory(
        run: "r", tree: SearchTree(header: RunHeader(problem: problem, seed: 0, critics: [])), node: .root)
      var node = 0
      for _ in 0..<(below(4) == 0 ? 2 : 3) {
        let taken = below(2)
        let options = [2 * node + 1, 2 * node + 2]
        let (own, other) = (options[taken], options[1 - taken])
        trajectory.path.append("option \(own)\n")
        trajectory.steps.append(
          TrajectoryStep(
            node: own, visits: 2, q: Double(below(5)) / 4, reward: 0.5, scores: ["prm": Double(below(3)) / 2],
            label: below(5) == 0 ? StepLabel(rawValue: below(3) - 1) : nil,
            siblings: [
              SiblingOption(
                node: other, option: "option \(other)\n", visits: 2, q: Double(below(5)) / 4, reward: 0.5,
                pruned: below(9) == 0)
            ]))
        node = own
      }
      trajectory.node = node
      if trajectory.path.count == 3 { (trajectory.answer, trajectory.terminal) = ("\(node)", .answer) }
      let verdict = [Judgement.Verdict.good, .bad, .unsure, nil][below(4)]
      try append(.commit(trajectory), ["ada", "eve", "bob"][below(3)], verdict)
    }
    return CommitLog(entries)
  }

  @Test func aPathJudgedBadIsImitatedNowhere() throws {
    let first = UInt64.random(in: 0...UInt64.max - 500)
    for seed in first..<first + 500 {
      let log = try Self.log(seed: seed)
      let active = log.commits.filter(\.isActive)
      // Said anew and in other words than the exports say it.
      var said: [String: [String: Judgement.Verdict]] = [:]
      for commit in active {
        guard let verdict = commit.judgement.verdict else { continue }
        said[commit.trajectory.path.joined(), default: [:]][commit.entry.who] = verdict
      }
      let bad = Set(said.filter { $0.value.values.contains(.bad) }.keys)
      var last: [String: StepLabel] = [:]
      for commit in active {
        for step in commit.trajectory.steps {
          if let label = step.label { last["\(commit.trajectory.run) \(step.node) \(commit.entry.who)"] = label }
        }
      }
      let wrong = Set(
        last.filter { $0.value == .bad }.map { $0.key.split(separator: " ").prefix(2).joined(separator: " ") })
      func isWrong(_ row: DatasetRow, _ option: String) -> Bool {
        guard case .text(let run) = row["run"] else { return true }
        return wrong.contains("\(run) \(option.drop { !$0.isNumber }.prefix { $0.isNumber })")
      }
      func texts(_ format: DatasetFormat, _ column: String) throws -> [(row: DatasetRow, text: String)] {
        try format.rows(of: log).map { row in
          guard case .text(let text) = row[column] else { return (row, "") }
          return (row, text)
        }
      }
      for (row, text) in try texts(.promptCompletion, "completion") {
        #expect(!bad.contains(text), "seed \(seed): \(text)")
        for line in text.split(separator: "\n") {
          #expect(!isWrong(row, String(line)), "seed \(seed): \(line) in \(text)")
        }
      }
      for row in try DatasetFormat.conversational.rows(of: log) {
        guard case .list(let turns) = row["messages"], case .object(let turn)? = turns.last,
          case .text(let text) = turn["content"]
        else {
          Issue.record("seed \(seed): no turn")
          continue
        }
        #expect(!bad.contains(text + "\n"), "seed \(seed): \(text)")
      }
      for (_, text) in try texts(.unpaired, "completion").filter({ $0.row["label"] == .flag(true) }) {
        #expect(!bad.contains(text), "seed \(seed): \(text)")
      }
      for format in [DatasetFormat.preference, .finishedPreference] {
        for (row, text) in try texts(format, "chosen") {
          let option = String(text.split(separator: "\n").first ?? "")
          #expect(!isWrong(row, option), "seed \(seed): \(format) chooses \(option)")
        }
      }
      for row in try DatasetFormat.ranking.rows(of: log) {
        guard case .list(let options) = row["completions"], case .text(let best)? = options.first,
          case .list(let acts) = row["acts"]
        else { continue }
        // Bad ones stand below all others.
        if acts.contains(where: { $0 != .text("bad") && $0 != .text("pruned") }) {
          #expect(!isWrong(row, best), "seed \(seed): \(best) is ranked first")
        }
      }
    }
  }
}
