import Foundation
import TreeSearch
import Vocabulary

extension TreeFormat {
  /// `run export --format json`.
  static let etascope = TreeFormat(
    "etascope", help: "runs that etascope wrote as JSON",
    fits: { $0["run"] != nil && $0["header"]?.isObject == true && $0["nodes"]?.list != nil },
    tree: { try EtascopeRun.read($0) })
}

/// A run that `run export` wrote: read so that writing it again gives the same bytes.
private enum EtascopeRun {
  /// Nodes that a file has at most.
  private static let most = 1 << 24

  static func read(_ file: JSONView) throws -> TreeDraft {
    guard let problem = file["problem"], let header = file["header"] else {
      throw TreeFault(file, "problem", "an object")
    }
    var draft = TreeDraft()
    draft.joining = .exact
    draft.header = try read(header: header, try read(problem: problem))
    draft.parameters = header["parameters"].map(JSONMembers.init).map(Array.init)?.map(\.key).sorted()
    draft.question = draft.header?.problem.question
    draft.events = file["events"]?.whole
    var (next, places) = (0, [Int: Int]())
    for value in try file.elements("nodes") {
      // Hostile files may leave out as many ids as they like.
      guard let id = value["id"]?.whole, id >= next, id == 0 || next > 0, id - next <= most - draft.nodes.count else {
        throw TreeFault(
          value, "id", next == 0 ? "0: the root comes first" : "a whole number from \(next), not far from it")
      }
      var node = try read(node: value)
      if id == 0 {
        draft.root = node
      } else {
        guard let parent = value["parent"]?.whole, parent == 0 || places[parent] != nil else {
          throw TreeFault(value, "parent", "the id of a node before it")
        }
        // Ids that are not in the file were those of nodes that had been taken back.
        for gap in max(1, next)..<max(1, id) {
          var gone = TreeDraft.Node()
          gone.facts = ImportedNode(option: nil, marks: [.gone])
          gone.bytes = Array("\(gap)".utf8)
          gone.offset = value.offset
          draft.add(gone)
        }
        node.parent = places[parent].map { .place($0) } ?? .root
        places[id] = draft.add(node)
      }
      next = id + 1
    }
    if next == 0 { throw TreeFault(file, "nodes", "a root") }
    return draft
  }

  private static func read(problem: JSONView) throws -> Problem {
    func texts(_ key: String) -> [String]? { problem[key]?.list?.compactMap(\.string) }
    return Problem(
      id: try problem.text("id"), question: try problem.text("question"), answer: problem["answer"]?.string,
      source: problem["source"]?.string, split: problem["split"]?.string, system: problem["system"]?.string,
      choices: texts("choices"), accepted: texts("accepted"), answerMarkers: texts("answerMarkers"))
  }

  private static func read(header: JSONView, _ problem: Problem) throws -> RunHeader {
    guard let seed = header["seed"]?.word.flatMap(UInt64.init) else {
      throw TreeFault(header, "seed", "a whole number")
    }
    var parameters = SearchParameters()
    for parameter in header["parameters"].map(JSONMembers.init).map(Array.init) ?? [] {
      do {
        if let word = parameter.word { try parameters.set(parameter.key, to: word) }
      } catch {
        throw TreeFault(offset: parameter.offset, field: "header.parameters.\(parameter.key)", "\(error)")
      }
    }
    let critics = try (header["critics"]?.list.map(Array.init) ?? []).map { critic in
      guard let scope = critic["scope"]?.string.flatMap(CriticScope.init(rawValue:)) else {
        throw TreeFault(critic, "scope", "a critic's scope")
      }
      guard let weight = critic["weight"]?.number, weight >= 0, weight.isFinite else {
        throw TreeFault(critic, "weight", "a number from 0")
      }
      return CriticWeight(name: try critic.text("name"), weight: weight, scope: scope)
    }
    var models: [String: String] = [:]
    for model in header["models"].map(JSONMembers.init).map(Array.init) ?? [] { models[model.key] = model.string }
    var read = RunHeader(
      problem: problem, seed: seed, parameters: parameters, critics: critics, models: models,
      version: try header.text("version"))
    if let fork = header["forkedFrom"], !fork.isNull {
      guard let event = fork["event"]?.whole else { throw TreeFault(fork, "event", "a whole number") }
      read.forkedFrom = ForkOrigin(run: try fork.text("run"), event: event)
    }
    return read
  }

  private static func read(node value: JSONView) throws -> TreeDraft.Node {
    var node = TreeDraft.Node()
    node.offset = value.offset
    node.text = value["option"]?.string ?? ""
    node.bytes = value["bytes"]?.string.flatMap { Data(base64Encoded: $0) }.map { Array($0) }
    node.visits = value["visits"]?.number
    node.mean = value["q"]?.number
    node.reward = value["reward"]?.number
    node.prior = value["prior"]?.number
    node.scores = (value["scores"].map(JSONMembers.init).map(Array.init) ?? []).map { ($0.key, $0.number, nil) }
    var facts = ImportedNode(option: nil)
    facts.importance = value["importance"]?.number
    facts.draws = value["draws"]?.whole
    facts.answer = value["answer"]?.string
    facts.terminal = value["terminal"]?.string.flatMap(TerminalKind.init)
    facts.rollouts = (value["rollouts"]?.list.map(Array.init) ?? []).map { rollout in
      Rollout(
        text: rollout["text"]?.string ?? "", score: rollout["score"]?.number, note: rollout["note"]?.string,
        thinking: rollout["thinking"]?.string)
    }
    for mark in ImportedNode.Mark.allCases where value[mark.rawValue]?.flag == true { facts.marks.append(mark) }
    if let word = value["termination"]?.string {
      guard let termination = Termination(rawValue: word) else { throw TreeFault(value, "termination", "why it ended") }
      facts.option = SearchOption(bytes: [], termination: termination, thinking: value["thinking"]?.string)
    }
    node.facts = facts
    return node
  }
}
