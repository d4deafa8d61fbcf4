import Canvas
import Testing
import TreeInsight
import TreeSearch

@testable import Explorer

@Suite("A person compares a queue before and after")
struct ComparedQueueTests {
  private func listed(_ size: Size = Size(columns: 100, rows: 24)) -> FakeDriver {
    var person = FakeDriver(size: size, problems: ProblemListTests.entries)
    person.state.show(nil)
    return person
  }

  /// The tree of a run beside itself, and beside one whose chosen first step is pruned.
  private func queue() throws -> ComparedQueue {
    var driver = FakeDriver()
    driver.press("s", times: 20)
    let before = driver.tree
    var answers = Set<String>()
    // Prunes what leads to the chosen answer until another one is chosen, or none is left.
    while let chosen = driver.search.tree.finalAnswers()[.rerank] {
      answers.insert(chosen.answer)
      if answers.count > 1 { break }
      try driver.search.intervene(.prune(node: driver.search.tree.path(to: chosen.node)[1]))
    }
    let changed = TreeDifference(before, driver.search.tree)
    return ComparedQueue(
      QueueSummary([TreeDifference(before, before), changed]), noise: QueueSummary([TreeDifference(before, before)]),
      a: "model=before", b: "model=after")
  }

  @Test("& asks for two selectors, and refuses what is not two")
  func asking() {
    var person = listed()
    person.press("& text:seed=1 Enter")
    #expect(person.screen().contains { $0.contains("expected two selectors") })
    person.press("text:_model=x Enter")
    #expect(person.takeEffects() == [.run(.compareQueue("seed=1", "model=x"))])
    #expect(person.state.message?.text == "comparing seed=1 with model=x")
  }

  @Test("The problems that turned stand first; Enter opens one")
  func looking() throws {
    var person = listed()
    let queue = try queue()
    person.act(.queueCompared(queue))
    let first = try #require(queue.changes.problems.first)
    #expect(first.turn != .same && queue.changes.problems.last?.turn == .same)
    try Golden.check(person.screen(), "popup-queue-100x24", #_sourceLocation)
    try Golden.check(person.screen(Size(columns: 50, rows: 14)), "popup-queue-50x14", #_sourceLocation)
    person.press("text:sa Tab")
    #expect(person.state.overlay?.field?.text == "same")
    #expect(
      person.screen().contains { $0.contains("same") }
        && !person.screen().contains { $0.contains(first.turn.rawValue + " ") })
    person.press("Enter")
    #expect(person.takeEffects() == [.run(.openProblem("test-0001"))])
  }

  @Test("Where the noise floor is not known, it says so")
  func noise() throws {
    let queue = ComparedQueue(try queue().changes, noise: nil, a: "a", b: "b")
    #expect(queue.head.last == "what another seed of a changes is not known: there are no such runs")
    #expect(QueueOverlay(queue).sentences(matching: "", in: listed().state).count == 5)
  }
}
