import Testing
import TreeSearchTesting
import Vocabulary

@testable import TreeSearch

/// Requests that can never be answered.
struct PermanentFailureTests {
  private func search(_ parameters: [String: String] = ["rollout.count": "0"], critics: [String] = []) throws -> Search
  {
    Search(
      header: try header(parameters, critics: critics.map { CriticWeight(name: $0, weight: 1, scope: .everyNode) }))
  }

  /// A search whose node 1 stands below the root, unfinished, after one simulation.
  private func started() throws -> Search {
    var search = try search(["rollout.count": "0", "width.root.minimum": "1", "width.root.maximum": "2"])
    while search.tree.simulations < 1 {
      for request in search.ask(upTo: 1) {
        switch request.kind {
        case .propose: search.tell(request.id, Answer(.options([SearchOption("a step\n")])))
        case .score(let names):
          search.tell(request.id, Answer(.scores(names.map { CriticScore(critic: $0, score: 0.5) })))
        case .rollOut: search.tell(request.id, Answer(.rollouts([])))
        case .compare: search.tell(request.id, Answer(.similarities([])))
        }
      }
    }
    return search
  }

  @Test func aRootWithoutAStepEndsTheSearch() throws {
    var search = try search()
    let request = try #require(search.ask(upTo: 5).first)
    search.fail(request.id, "the prompt is too long", reason: .context)
    #expect(search.ask(upTo: 5).isEmpty, "nobody asks again")
    #expect(search.tree.stopReason == .failed)
    #expect(
      search.tree.failures == [
        FailureCount(role: .propose, reason: .context, count: 1, message: "the prompt is too long")
      ])
  }

  @Test func aRootWhoseStepMayComeLaterIsAskedAgain() throws {
    var search = try search()
    search.fail(try #require(search.ask(upTo: 5).first).id, "the server is busy")
    #expect(search.ask(upTo: 5).count == 1)
    #expect(search.tree.stopReason == nil)
  }

  @Test func aNodeFromWhichNothingGoesOnIsALeaf() throws {
    var search = try started()
    // The root may have a second child; below node 1 nothing can be written.
    var asked = 0
    while search.tree.simulations < 6 {
      for request in search.ask(upTo: 6) {
        guard case .propose = request.kind else {
          search.tell(request.id, Answer(.scores([])))
          continue
        }
        if request.node == .root {
          search.tell(request.id, Answer(.options([SearchOption("step \(request.id) of another kind\n")])))
        } else {
          asked += 1
          search.fail(request.id, "too long", reason: .context)
        }
      }
    }
    let below = search.tree.nodes.indices.dropFirst().map { search.tree[NodeID($0)] }
    #expect(asked == below.count { $0.terminal == .noContinuation })
    #expect(asked > 0)
    #expect(search.tree.simulations == 6, "leaves are backed up again, as every terminal is")
    let events = search.takeEvents()
    #expect(try SearchTree(header: search.tree.header, events: events) == search.tree)
  }

  @Test func aNodeWithoutRolloutsIsJudgedByItsCritics() throws {
    var search = try search(["rollout.count": "2"], critics: ["prm"])
    var isScored = false
    while search.tree.simulations < 1 {
      let requests = search.ask(upTo: 1)
      try #require(!requests.isEmpty || isScored)
      for request in requests {
        switch request.kind {
        case .propose: search.tell(request.id, Answer(.options([SearchOption("a step\n")])))
        case .rollOut: search.fail(request.id, "no room for rollouts", reason: .context)
        default:
          isScored = true
          search.tell(request.id, Answer(.scores([CriticScore(critic: "prm", score: 0.25)])))
        }
      }
    }
    #expect(search.tree[NodeID(1)].reward == 0.25)
    #expect(search.tree.nodeCount == 2)
  }
}
