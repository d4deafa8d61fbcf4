import Testing
import TreeSearchTesting

@testable import TreeSearch

struct TellTests {
  /// A search that waits for its first draw.
  private func waiting() throws -> (Search, Request) {
    var search = Search(header: try header(["rollout.count": "0"], critics: []))
    let asked = search.ask(upTo: 1)
    _ = search.takeEvents()
    return (search, try #require(asked.first))
  }

  @Test(arguments: [
    (Answer(.options([])), "the policy proposed an empty option"),
    (Answer(.options([SearchOption("")])), "the policy proposed an empty option"),
    (Answer(.options([SearchOption("a"), SearchOption("b")])), "the policy proposed 2 options where 1 were asked for"),
    (
      Answer(.options([SearchOption(tokens: [1], bytes: [97], logProbabilities: [-.infinity], termination: .newline)])),
      "a log-probability is not a finite number"
    ),
    (Answer(.scores([])), "the answer is not of the kind that was asked for"),
    (Answer(.rollouts([])), "the answer is not of the kind that was asked for"),
    (
      Answer(.options([SearchOption("a")]), usage: TokenUsage(policy: -1)), "a number of tokens is negative or absurd"
    ),
    (
      Answer(.options([SearchOption("a")]), usage: TokenUsage(policy: .max)), "a number of tokens is negative or absurd"
    ),
  ])
  func aMisfitIsAFailureWithWords(_ answer: Answer, _ message: String) throws {
    var (search, request) = try waiting()
    search.tell(request.id, answer)
    #expect(search.takeEvents() == [.failed(request: request.id, message: message)])
    #expect(search.tree.lastFailure == message)
    #expect(search.tree.nodeCount == 1)
    // The search goes on with a new request for the same child.
    #expect(search.ask(upTo: 1).map(\.id) == [1])
  }

  @Test func aModelMayEndItsTextRightHere() throws {
    var (search, request) = try waiting()
    search.tell(request.id, Answer(.options([SearchOption("", .endOfText)])))
    _ = search.ask(upTo: 1)
    #expect(search.tree.nodeCount == 2)
    #expect(search.tree[NodeID(1)].terminal == .endOfText)
    #expect(search.tree.lastFailure == nil)
  }

  @Test(arguments: [(1.5, "critic value gave 1.5, outside [0, 1]"), (-0.5, "critic value gave -0.5, outside [0, 1]")])
  func aScoreOutOfRangeCostsTheNode(_ score: Double, _ message: String) throws {
    var search = Search(header: try header(["rollout.count": "0"]))
    search.tell(0, Answer(.scores([])))  // asked by nobody yet
    #expect(search.takeEvents() == [.ignored(request: 0, reason: .notPending)])
    _ = search.ask(upTo: 1)
    search.tell(0, Answer(.scores([CriticScore(critic: "value", score: 0.5)])))
    let draw = try #require(search.ask(upTo: 1).first)
    search.tell(draw.id, Answer(.options([SearchOption("a")])))
    let scoring = try #require(search.ask(upTo: 1).first)
    search.tell(scoring.id, Answer(.scores([CriticScore(critic: "value", score: score)])))
    #expect(search.tree.lastFailure == message)
    #expect(search.tree[NodeID(1)].marks == .failed)
    #expect(search.tree.nodeCount == 1)
    #expect(search.tree.kids(.root).isEmpty)
    #expect(search.tree.simulations == 0)
  }

  @Test func anAnswerGivenTwiceCountsOnce() throws {
    var (search, request) = try waiting()
    let answer = Answer(.options([SearchOption("a")]), usage: TokenUsage(policy: 3))
    search.tell(request.id, answer)
    search.tell(request.id, answer)
    search.fail(request.id, "too late")
    #expect(search.tree.usage.policy == 3)
    #expect(search.tree.draws == 1)
    #expect(search.tree.lastFailure == nil)
    #expect(search.takeEvents().suffix(2) == Array(repeating: .ignored(request: 0, reason: .notPending), count: 2))
  }

  @Test func limits() throws {
    var driver = Driver(
      try header(["limit.simulations": "3", "limit.tokens": "9"], critics: []),
      answer: { request, tree in
        if case .propose = request.kind {
          Answer(.options([SearchOption("\(request.id)\n")]), usage: TokenUsage(policy: 2))
        } else {
          RandomPolicy(vocabulary: 1).answer(request, tree)
        }
      })
    driver.run(to: 2)
    #expect(driver.search.limit == .tokens)  // two draws of 2 tokens, two times 4 rollouts of 1
    driver = Driver(try header(["limit.simulations": "3"], critics: []), answer: driver.answer)
    driver.run(to: 2)
    #expect(driver.search.limit == nil)
    driver.run(to: 3)
    #expect(driver.search.limit == .simulations)
    driver = Driver(try header(["limit.simulations": "1", "limit.terminals": "1"], critics: []), answer: driver.answer)
    driver.run(to: 9)
    #expect(driver.search.limit == nil)  // no answer yet, and not ten times the limit
    driver.run(to: 10)
    #expect(driver.search.limit == .simulations)
  }
}
