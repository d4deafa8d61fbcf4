import Critics
import Models
import Testing
import TreeSearch
import TreeSearchTesting
import Vocabulary

@testable import Runs

/// What the policy is shown where something is to be written anew.
struct RevisionPromptTests {
  private func tree() throws -> (tree: SearchTree, request: Request) {
    let script = Script(draws: ["": ["one\n", "two\n", "three\n"], "one\n": ["deep\n", "deeper\n"]])
    var driver = Driver(
      try header(["rollout.count": "0", "width.root.maximum": "1", "width.root.minimum": "1", "merge.distance": "1"]),
      answer: script.answer)
    driver.run(to: 2)
    try driver.search.intervene(.revise(node: NodeID(2), Revision(objection: "calculator: 1 + 1 is 2")))
    driver.ask(upTo: 0)
    return (driver.tree, try #require(driver.queue.first))
  }

  @Test func aRequestKnowsWhatIsRevisedAndWhy() throws {
    let (tree, request) = try tree()
    let context = RequestContext(request, in: tree)
    #expect(request.node == NodeID(1) && context.options.map(\.text) == ["one\n"])
    #expect(context.revision?.text == "deep\n" && context.revision?.objection == "calculator: 1 + 1 is 2")
    let plain = Request(id: 0, node: .root, kind: request.kind, seed: 0)
    #expect(RequestContext(plain, in: tree).revision == nil)
  }

  @Test func aServedModelReadsTheObjectionAndTheEmbeddedOneDoesNot() async throws {
    let served = try ServerModel(urls: ["http://127.0.0.1:9"])
    let shown = served.question("How many?", revising: "1 + 1 = 3\n", objection: "1 + 1 is 2")
    #expect(shown.contains("How many?") && shown.contains("1 + 1 = 3") && shown.contains("1 + 1 is 2"))
    // What an objection says is never read as a place.
    let odd = served.question("Q", revising: "s", objection: "{question} {step}")
    #expect(odd.contains("{question} {step}"))
  }
}
