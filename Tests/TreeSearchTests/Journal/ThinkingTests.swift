import Foundation
import Testing
import TreeSearch
import Vocabulary

/// What a model thought is kept with its option, and is no part of the text.
@Suite struct ThinkingTests {
  private let option = SearchOption(
    bytes: Array("step\n".utf8), termination: .newline, thinking: "I think so.\n#### 7")

  private func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  @Test func itIsWrittenOnlyWhereThereIsSome() throws {
    var plain = option
    plain.thinking = nil
    #expect(try json(plain) == #"{"termination":"newline","text":"step\n"}"#)
    #expect(try json(option) == #"{"termination":"newline","text":"step\n","thinking":"I think so.\n#### 7"}"#)
    #expect(try JSONDecoder().decode(SearchOption.self, from: Data(try json(option).utf8)) == option)
    #expect(try json(Rollout(text: "a", score: nil)) == #"{"text":"a"}"#)
    let rollout = Rollout(text: "a", score: 1, thinking: "#### 7")
    #expect(rollout.answer == nil)
    #expect(try JSONDecoder().decode(Rollout.self, from: Data(try json(rollout).utf8)) == rollout)
  }

  @Test func theTreeKeepsItAndReadsNoAnswerInIt() throws {
    var parameters = SearchParameters()
    try parameters.set("rollout.count", to: "0")
    var search = Search(
      header: RunHeader(problem: Problem(id: "p", question: "q"), seed: 1, parameters: parameters, critics: []))
    for _ in 0..<4 {
      for request in search.ask(upTo: 2) {
        switch request.kind {
        case .propose(let draws, _, _, _):
          var options =
            [option] + (1..<max(2, draws)).map { SearchOption(bytes: Array("\($0)\n".utf8), termination: .newline) }
          options = Array(options.prefix(draws))
          search.tell(request.id, Answer(.options(options)))
        case .score(let critics):
          search.tell(request.id, Answer(.scores(critics.map { CriticScore(critic: $0, score: 0.5) })))
        case .compare(_, let nodes): search.tell(request.id, Answer(.similarities(nodes.map { _ in 0 })))
        case .rollOut: search.tell(request.id, Answer(.rollouts([])))
        }
      }
    }
    let tree = search.tree
    let nodes = tree.nodes.indices.filter { tree.details[$0].option?.text == "step\n" }
    #expect(!nodes.isEmpty)
    for node in nodes {
      #expect(tree.details[node].option == option)
      #expect(tree.details[node].answer == nil && tree.nodes[node].terminal == nil)
    }
    let others = tree.nodes.indices.filter { tree.details[$0].option.map { $0.text != "step\n" } ?? false }
    #expect(others.allSatisfy { tree.details[$0].option?.thinking == nil })
    #expect(try SearchTree(header: tree.header, events: search.takeEvents()) == tree)
  }
}
