import Foundation
import Testing
import TreeInsight
import TreeSearch

@testable import Workspace

/// Runs that begin with another run's events.
struct ForkTests {
  /// A longer run: what the script does not say is 0 and nobody's score.
  private func run(in workspace: Workspace) throws -> (id: String, events: [SearchEvent]) {
    let (id, _) = try ScriptedDriver.run(in: workspace, simulations: 12)
    return (id, try workspace.events(of: id))
  }

  @Test func everyTenthEventIsAForkThatAgrees() throws {
    let scratch = try Scratch()
    let workspace = try Workspace.forTests(scratch.file("w.sqlite"))
    let (id, events) = try run(in: workspace)
    #expect(events.count > 40)
    for event in stride(from: 0, through: events.count, by: 10) {
      let fork = try workspace.fork(run: id, at: event)
      #expect(fork.header.forkedFrom == ForkOrigin(run: id, event: event))
      #expect(try workspace.events(of: fork.id) == Array(events[..<event]))
      let (tree, original) = (try workspace.tree(of: fork.id), try workspace.tree(of: id, upTo: event))
      #expect(tree.nodes == original.nodes && tree.details == original.details)
      #expect(tree.pending == original.pending && tree.usage == original.usage)
      #expect(fork.summary.totals == RunTotals(tree: tree))
      #expect(try workspace.verify(run: fork.id).problems == [])
    }
    #expect(try workspace.events(of: id) == events, "the run itself is as it was")
  }

  /// The same answers make the same events after the fork as they did in the run.
  @Test func aForkWithoutSettingsGoesOnAsTheRunDid() throws {
    let scratch = try Scratch()
    let workspace = try Workspace.forTests(scratch.file("w.sqlite"))
    let (id, _) = try ScriptedDriver.run(in: workspace, simulations: 3)
    let events = try workspace.events(of: id)
    let answers = Dictionary(
      uniqueKeysWithValues: events.compactMap { event -> (RequestID, Answer)? in
        if case .answered(let request, let answer) = event { (request, answer) } else { nil }
      })
    for event in 0...events.count {
      let fork = try workspace.fork(run: id, at: event)
      var search = Search(tree: try workspace.tree(of: fork.id))
      var queue = search.outstanding
      while search.tree.eventCount < events.count {
        if queue.isEmpty { queue = search.ask(upTo: 3) }
        if queue.isEmpty { break }
        let request = queue.removeFirst()
        search.tell(request.id, try #require(answers[request.id]))
      }
      #expect(search.takeEvents() == Array(events[event...]))
    }
  }

  @Test func settingsComeIntoForceAfterThePrefix() throws {
    let scratch = try Scratch()
    let workspace = try Workspace.forTests(scratch.file("w.sqlite"))
    let (id, events) = try run(in: workspace)
    let settings = try ForkSettings("limit.simulations=99  seed=5 width.root.maximum=7 width.root.minimum=7")
    let fork = try workspace.fork(run: id, at: 20, settings: settings)
    #expect(fork.header.seed == 5)
    #expect(Search(tree: try workspace.tree(of: fork.id)).allowance(at: .root).children == 7)
    #expect(try workspace.tree(of: fork.id).nodes == workspace.tree(of: id, upTo: 20).nodes)
    #expect(try Array(workspace.events(of: fork.id).prefix(20)) == Array(events[..<20]))
    #expect(try workspace.verify(run: fork.id).problems == [])
    #expect(try workspace.run(id).header.forkedFrom == nil)
    let again = try workspace.fork(run: fork.id, at: 10)
    #expect(again.header.seed == 5 && again.header.forkedFrom == ForkOrigin(run: fork.id, event: 10))
    #expect(again.id != fork.id)
  }

  @Test func aPresetIsSetWhole() throws {
    let scratch = try Scratch()
    let workspace = try Workspace.forTests(scratch.file("w.sqlite"))
    let (id, _) = try run(in: workspace)
    let there = try workspace.tree(of: id, upTo: 20).parameters
    let settings = try ForkSettings("width.fixed=3 preset=ts-llm preset=vanilla")
    let fork = try workspace.fork(run: id, at: 20, settings: settings)
    let parameters = try workspace.tree(of: fork.id).parameters
    #expect(parameters.value("width.rule") == .word("fixed") && parameters.value("width.fixed") == .integer(3))
    #expect(parameters.value("limit.simulations") == there.value("limit.simulations"), "no preset is about limits")
    // Back to the defaults: what is in force already is not set again.
    let back = try workspace.fork(
      run: fork.id, at: try workspace.eventCount(of: fork.id), settings: try ForkSettings("preset=alphallm"))
    let set = try workspace.events(of: back.id).dropFirst(try workspace.eventCount(of: fork.id))
    let now = try workspace.tree(of: back.id).parameters
    #expect(Preset.governed.allSatisfy { now.value($0.id) == $0.fallback })
    #expect(set.count == Preset.governed.count { parameters.value($0.id) != $0.fallback })
  }

  @Test(arguments: [
    ("preset=best", "unknown preset 'best'; expected one of alphallm, ts-llm"),
    ("depth.maximum", "expected PARAMETER=VALUE, found 'depth.maximum'"),
    ("depth.maximum=0", "depth.maximum: expected a whole number from 1"), ("no.such=1", "unknown parameter 'no.such'"),
    ("seed=-1", "seed: expected a whole number"), ("=1", "unknown parameter ''"),
  ])
  func badSettingsAreNamed(_ text: String, _ said: String) {
    #expect { try ForkSettings(text) } throws: { "\($0)".hasPrefix(said) }
  }

  @Test(arguments: [-1, 1_000_000])
  func aMomentThatNeverWas(_ event: Int) throws {
    let scratch = try Scratch()
    let workspace = try Workspace.forTests(scratch.file("w.sqlite"))
    let (id, events) = try run(in: workspace)
    #expect {
      try workspace.fork(run: id, at: event)
    } throws: {
      "\($0)".contains("expected an event from 0 to \(events.count), found \(event)")
    }
    #expect(try workspace.runs().count == 1)
  }

  @Test func theExportSaysWhereARunWasForked() throws {
    let scratch = try Scratch()
    let workspace = try Workspace.forTests(scratch.file("w.sqlite"))
    let (id, _) = try run(in: workspace)
    let fork = try workspace.fork(run: id, at: 7)
    func header(_ run: String) throws -> String {
      String(decoding: try workspace.export(run: run, format: .json), as: UTF8.self)
    }
    #expect(try header(fork.id).contains(#""forkedFrom":{"event":7,"run":"\#(id)"}"#))
    #expect(try header(id).contains(#""forkedFrom":null"#))
  }
}
