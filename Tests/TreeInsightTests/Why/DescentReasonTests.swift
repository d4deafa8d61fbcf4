import Foundation
import Testing
import TreeSearchTesting
import Vocabulary

@testable import TreeInsight
@testable import TreeSearch

/// The reasons say what the engine did: for every selection of every run.
struct DescentReasonTests {
  private static let critics = [
    CriticWeight(name: CriticName.value, weight: 1, scope: .everyNode),
    CriticWeight(name: CriticName.prm, weight: 1, scope: .everyNode),
    CriticWeight(name: CriticName.orm, weight: 1, scope: .outcome),
  ]

  /// The events of `tree`'s journal that are selections, each with the tree right before it.
  private func selections(
    _ header: RunHeader, _ journal: [SearchEvent], _ check: (SearchEvent, Int, SearchTree) -> Void
  ) throws {
    var tree = SearchTree(header: header)
    for (index, event) in journal.enumerated() {
      if case .selected = event { check(event, index + 1, tree) }
      try tree.apply(event)
    }
  }

  /// The winners from the start of the descent on lead to the node selected.
  private func check(_ reason: DescentReason?, _ event: SearchEvent, _ tree: SearchTree) throws {
    guard case .selected(let node, let widen, let children, _, let origin) = event else { return }
    let reason = try #require(reason)
    #expect(reason.agrees && reason.node == node && reason.start == origin ?? .root)
    #expect(reason.children == (widen ? children ?? 1 : 0))
    guard SearchRules(tree.parameters).traversal == .tree || origin != nil else {
      #expect(reason.levels.isEmpty)
      return
    }
    let search = Search(tree: tree)
    var at = reason.start
    for level in reason.levels {
      #expect(level.parent == at)
      at = try #require(level.winner)
      if let margin = level.margin { #expect(margin >= 0) }
      for child in level.candidates { #expect(search.terms(of: child.node) == child.terms) }
    }
    #expect(at == node, "the winners lead to \(at), and node \(node) was selected")
    switch reason.end {
    case .width: #expect(reason.width?.isOpen == true)
    case .newChild: #expect(search.contest(at: node)?.newChild?.wins == true)
    case .noOpenChild: #expect(reason.width?.isOpen == false)
    case .spare: #expect(reason.width?.isOpen == false && node == .root)
    case .terminal: #expect(tree[node].terminal != nil && reason.width == nil)
    case .firstVisit, .goesOn: #expect(tree[node].visits == 0)
    case .usedUp: #expect(tree[node].visits > 0 && tree[node].terminal == nil)
    case .beam, .depthFirst: #expect(reason.levels.isEmpty)
    case .frozen, .waiting, .exhausted: Issue.record("a selection cannot end so")
    }
  }

  @Test(arguments: Preset.allCases, [1, 4])
  func everySelectionOfEveryPreset(_ preset: Preset, _ workers: Int) throws {
    for seed in 1...3 {
      var header = try header(seed: UInt64(seed), critics: Self.critics)
      header.parameters = try Preset.named(preset.rawValue)
      try header.parameters.set("search.workers", to: "\(workers)")
      var driver = Driver(header, answer: RandomPolicy(vocabulary: 6).answer)
      driver.run(to: 60)
      let timeline = try Timeline(header: header, events: driver.journal)
      var count = 0
      var thrown: (any Error)?
      try selections(header, driver.journal) { event, number, tree in
        count += 1
        let reason = DescentReason(event, number: number, before: tree)
        do { try check(reason, event, tree) } catch { thrown = error }
        if number.isMultiple(of: 7) { #expect(timeline.descentReason(of: number) == reason, "seed \(seed)") }
      }
      #expect(thrown == nil && count > 5, "\(preset), seed \(seed), selects \(count) times")
    }
  }

  /// Prunes, undone acts, changed parameters, several workers: the reasons still say what the engine does.
  @Test(arguments: 1...60)
  func everySelectionOfRandomSessions(_ seed: UInt64) throws {
    var session = try RandomSession(seed: seed)
    for _ in 0..<150 { _ = session.step() }
    var thrown: (any Error)?
    try selections(session.tree.header, session.driver.journal) { event, number, tree in
      do { try check(DescentReason(event, number: number, before: tree), event, tree) } catch { thrown = error }
    }
    #expect(thrown == nil)
  }

  /// What would be selected next is what is selected next.
  @Test(arguments: 1...20)
  func theNextSelectionComesTrue(_ seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    let (header, policy) = try RandomPolicy.run(&random)
    var driver = Driver(header, answer: policy.answer)
    for simulations in 1...12 {
      driver.run(to: simulations)
      let next = driver.search.descentReason()
      let before = driver.journal.count
      driver.run(to: simulations + 1)
      guard driver.journal.count > before else { break }
      switch driver.journal[before] {
      case .selected(let node, _, _, _, _): #expect(next.node == node)
      case .widthFrozen(let node, _): #expect(next.node == node && next.end == .frozen)
      case .picked: break  // other rules are in force from here on
      default: #expect(next.end == .exhausted)
      }
    }
  }

  /// A journal of other rules is explained as far as it goes, and said to be of others.
  @Test func aJournalOfOtherRules() throws {
    var driver = Driver(
      try header(["rollout.count": "0", "width.root.minimum": "2", "width.root.maximum": "2"]),
      answer: Script(draws: ["": ["a\n", "b\n"]], scores: ["value": ["a\n": 0.9, "b\n": 0.1]]).answer)
    driver.run(to: 2)
    #expect(driver.search.descentReason().node == NodeID(1))
    let event = SearchEvent.selected(node: NodeID(2), widen: true)
    let reason = try #require(DescentReason(event, number: driver.journal.count + 1, before: driver.tree))
    #expect(!reason.agrees && reason.node == NodeID(2) && reason.choice(below: .root)?.winner == NodeID(1))
    #expect(reason.sentences.last?.contains("would choose otherwise") == true)
    #expect(DescentReason(.stopped(reason: .seconds), number: 1, before: driver.tree) == nil)
  }

  @Test func lastSelectionThroughANode() throws {
    var driver = Driver(
      try header(["rollout.count": "0", "width.root.minimum": "2", "width.root.maximum": "2"]),
      answer: Script(
        draws: ["": ["a\n", "b\n"], "a\n": ["c\n", "d\n"]], scores: ["value": ["a\n": 0.9, "b\n": 0.1, "c\n": 0.9]]
      ).answer)
    driver.run(to: 3)
    let timeline = try Timeline(header: driver.tree.header, events: driver.journal)
    let numbers = driver.journal.indices.filter { Phase(driver.journal[$0]) == .select }.map { $0 + 1 }
    #expect(numbers.count == 3)
    #expect(timeline.lastSelection(through: .root, upTo: timeline.count) == numbers[2])
    #expect(timeline.lastSelection(through: .root, upTo: numbers[2] - 1) == numbers[1])
    #expect(timeline.lastSelection(through: NodeID(1), upTo: timeline.count) == numbers[2])
    #expect(timeline.lastSelection(through: NodeID(1), upTo: numbers[2] - 1) == nil)
    #expect(timeline.lastSelection(through: NodeID(2), upTo: timeline.count) == nil)

    // Below node 1 a third node was drawn, after node 1 had won at the root.
    let reasons = try timeline.reasons(for: NodeID(3), at: timeline.count)
    #expect(reasons.descent.event == numbers[2] && reasons.descent.node == NodeID(1))
    #expect(reasons.descent.end == .width && reasons.selection?.winner == nil)
    #expect(reasons.descent.choice(below: .root)?.winner == NodeID(1))
    #expect(reasons.parentWidth?.present == 0 && reasons.parentWidth?.allowed == 2)
    #expect(try timeline.reasons(for: NodeID(1)).descent.event == nil, "as of now")
    #expect(try timeline.reasons(for: .root).selection == nil)
    #expect(throws: WhyError(description: "there is no node 9 at event \(timeline.count), which has 4 nodes")) {
      try timeline.reasons(for: NodeID(9))
    }
    #expect(throws: WhyError(description: "there is no node 3 at event 5, which has 1 nodes")) {
      try timeline.reasons(for: NodeID(3), at: 5)
    }
    #expect(throws: WhyError(description: "expected an event from 0 to \(timeline.count), found 999")) {
      try timeline.reasons(for: .root, at: 999)
    }
    let copy = try JSONDecoder().decode(NodeReasons.self, from: JSONEncoder().encode(reasons))
    #expect(copy == reasons)
  }
}
