import Foundation
import Testing
import TreeInsight
import TreeSearch
import Vocabulary

@testable import Workspace

@Suite struct JournalTests {
  @Test func whatWasWrittenIsRead() throws {
    let scratch = try Scratch()
    let path = scratch.file("w.sqlite")
    let (id, tree) = try ScriptedDriver.run(in: try Workspace.forTests(path))
    let workspace = try Workspace.forTests(path)
    let read = try workspace.tree(of: id)
    #expect(read.nodes == tree.nodes && read.details == tree.details && read.eventCount == tree.eventCount)
    #expect(read.simulations == 3 && read.nodeCount == 4)
    #expect(abs((read[.root].meanValue ?? 0) - 0.6) < 1e-12 && abs((read[NodeID(1)].meanValue ?? 0) - 0.825) < 1e-12)
    let summary = try workspace.run(id).summary
    #expect(summary.eventCount == tree.eventCount)
    #expect(summary.totals == RunTotals(simulations: 3, nodes: 4, tokens: TokenUsage(policy: 6)))
    #expect(Timestamp.text(summary.created) == "2026-01-02T03:04:05.678Z")
    #expect(try workspace.run(id).header == ScriptedDriver.header())
  }

  @Test func partsAreReadByNumber() throws {
    let scratch = try Scratch()
    let workspace = try Workspace.forTests(scratch.file("w.sqlite"))
    let (id, tree) = try ScriptedDriver.run(in: workspace)
    let all = try workspace.events(of: id)
    #expect(all.count == tree.eventCount)
    #expect(try workspace.events(of: id, from: 2, upTo: 5) == Array(all[2..<5]))
    #expect(try workspace.events(of: id, from: all.count) == [])
    #expect(try workspace.events(of: id, from: all.count + 3) == [])
    #expect(try workspace.tree(of: id, upTo: 4).eventCount == 4)
    #expect(try workspace.eventCount(of: id) == all.count)
  }

  @Test func everyPrefixResumesToTheSameTree() throws {
    let scratch = try Scratch()
    let workspace = try Workspace.forTests(scratch.file("w.sqlite"))
    let (id, tree) = try ScriptedDriver.run(in: workspace)
    for count in 0...tree.eventCount {
      #expect(TreeAudit.findings(try workspace.tree(of: id, upTo: count)) == [])
    }
  }

  @Test func namesFollowFromTheHeader() throws {
    let scratch = try Scratch()
    let workspace = try Workspace.forTests(scratch.file("w.sqlite"))
    let header = try ScriptedDriver.header()
    let fingerprint = try RunFingerprint.of(header)
    #expect(fingerprint.hasPrefix("sum-1-s7-") && fingerprint.count == "sum-1-s7-".count + 8)
    #expect(try (1...3).map { _ in try workspace.createRun(header).id } == ["", "-2", "-3"].map { fingerprint + $0 })
    var other = header
    other.seed = .max
    #expect(try workspace.createRun(other).header.seed == .max)
    #expect(try RunFingerprint.of(other) != fingerprint)
    #expect(
      try workspace.runs().map(\.fingerprint) == [fingerprint, fingerprint, fingerprint, RunFingerprint.of(other)])
    #expect(try workspace.runs(ofProblem: "sum-1").count == 4 && workspace.runs(ofProblem: "sum").isEmpty)
  }

  @Test func runsAreFoundByUniqueBeginnings() throws {
    let scratch = try Scratch()
    let path = scratch.file("w.sqlite")
    let workspace = try Workspace.forTests(path)
    let first = try workspace.createRun(try ScriptedDriver.header()).id
    let second = try workspace.createRun(try ScriptedDriver.header(Problem(id: "%_", question: "Q"))).id
    #expect(try workspace.run("sum").id == first && workspace.run("%").id == second)
    let copy = try workspace.createRun(try ScriptedDriver.header()).id
    #expect(try workspace.run(first).id == first)
    #expect { try workspace.run("sum") } throws: {
      "\($0)" == "\(path): 'sum' begins the names of several runs (\(first), \(copy), …)"
    }
    #expect { try workspace.run("x\u{1B}") } throws: { "\($0)" == "\(path): there is no run 'x␛'" }
    #expect { try workspace.run("") } throws: { "\($0)" == "\(path): there is no run ''" }
  }

  @Test func eventsMustFollowEachOther() throws {
    let scratch = try Scratch()
    let path = scratch.file("w.sqlite")
    let workspace = try Workspace.forTests(path)
    let (id, tree) = try ScriptedDriver.run(in: workspace)
    let writer = try workspace.writer(of: id)
    for first in [0, tree.eventCount - 1, tree.eventCount + 1] {
      #expect {
        try writer.append([.stopped(reason: .simulations)], first: first, totals: RunTotals(tree: tree))
      } throws: {
        "\($0)" == "\(path): run \(id): expected event \(tree.eventCount) to be next, found event \(first)"
      }
    }
    #expect(try workspace.verify(run: id).ok)
  }

  @Test func anAnswerStaysUntilThereIsANewOne() throws {
    let scratch = try Scratch()
    let workspace = try Workspace.forTests(scratch.file("w.sqlite"))
    let (id, tree) = try ScriptedDriver.run(in: workspace)
    let writer = try workspace.writer(of: id)
    try writer.append([], first: tree.eventCount, totals: RunTotals(tree: tree, answer: "5"))
    try writer.append([], first: tree.eventCount, totals: RunTotals(tree: tree))
    #expect(try workspace.run(id).summary.totals.answer == "5")
  }

  @Test func onlyOneWritesWhileOthersRead() throws {
    let scratch = try Scratch()
    let path = scratch.file("w.sqlite")
    let (one, two) = (try Workspace.forTests(path), try Workspace.forTests(path))
    let id = try one.createRun(try ScriptedDriver.header()).id
    let other = try one.createRun(try ScriptedDriver.header()).id
    do {
      let writer = try one.writer(of: id)
      let busy = "\(path): run \(id) is being written by another process; it can be read but not continued"
      #expect { try two.writer(of: id) } throws: { "\($0)" == busy }
      #expect { try two.deleteRun(id) } throws: { "\($0)" == busy }
      #expect(try two.events(of: id) == [])
      #expect(try two.writer(of: other).run.id == other)
      try writer.append([.stopped(reason: .seconds)], first: 0, totals: RunTotals(stopped: .seconds))
      #expect(try two.events(of: id) == [.stopped(reason: .seconds)])
    }
    #expect(try two.writer(of: id).run.eventCount == 1)
  }

  @Test func deletingTakesTheJournalToo() throws {
    let scratch = try Scratch()
    let path = scratch.file("w.sqlite")
    let workspace = try Workspace.forTests(path)
    let (id, _) = try ScriptedDriver.run(in: workspace)
    let (kept, _) = try ScriptedDriver.run(in: workspace)
    try workspace.deleteRun(id)
    #expect(try workspace.runs().map(\.id) == [kept])
    #expect(try workspace.verify(run: kept).ok)
    #expect(try workspace.createRun(try ScriptedDriver.header()).summary.eventCount == 0)
    try workspace.deleteRun(kept)
    #expect { try workspace.events(of: kept) } throws: { "\($0)" == "\(path): there is no run '\(kept)'" }
  }

  @Test func hostileTextComesBackAsItWas() throws {
    let scratch = try Scratch()
    let workspace = try Workspace.forTests(scratch.file("w.sqlite"))
    let options: [[UInt8]] = [
      [0x1B, 0x5B, 0x32, 0x4A, 0x00, 0xFF, 0xC3, 0x28, 0x0A], Array("\u{202E}x\u{2066}\0\u{7F}\r\n".utf8),
      [0xED, 0xA0, 0x80, 0x0A] + [UInt8](repeating: 0x61, count: 1 << 20),
    ]
    let problem = Problem(id: "h'; DROP TABLE runs; --", question: "\u{1B}]0;x\u{07}\0\u{202E}")
    let (id, tree) = try ScriptedDriver.run(in: workspace, problem, options: options)
    let read = try workspace.tree(of: id)
    #expect(read.details.compactMap(\.option?.bytes) == options)
    #expect(read.details == tree.details)
    #expect(try workspace.run(id).header.problem == problem)
    #expect(try workspace.problem(problem.id)?.problem == problem)
    #expect(try workspace.verify(run: id).ok)
  }

  @Test func infiniteLogProbabilitiesSurvive() throws {
    let scratch = try Scratch()
    let workspace = try Workspace.forTests(scratch.file("w.sqlite"))
    let id = try workspace.createRun(try ScriptedDriver.header()).id
    let option = SearchOption(tokens: [1], bytes: [0x61], logProbabilities: [-.infinity], termination: .person)
    let event = SearchEvent.intervened(.insert(node: .root, option: option))
    try workspace.writer(of: id).append([event], first: 0, totals: RunTotals())
    #expect(try workspace.events(of: id) == [event])
  }
}
