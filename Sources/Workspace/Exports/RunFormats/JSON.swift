import Foundation
import TreeInsight
import TreeSearch
import Vocabulary

extension RunFormat {
  /// Every node with everything known about it.
  public static let json = RunFormat(name: "json", help: "every node with all that is known of it") { export, stream in
    try export.json(&stream)
  }
}

extension RunExport {
  /// The object of `run export --format json`, its keys in order.
  fileprivate func json(_ stream: inout ExportStream) throws {
    let search = Search(tree: tree)
    try stream.put(#"{"events":\#(events),"header":"#)
    try stream.put(header)
    try stream.put(#","nodes":["#)
    for (number, id) in shown.enumerated() {
      if number > 0 { try stream.put(",") }
      try stream.put(node(id, search))
    }
    try stream.put(#"],"problem":"#)
    try stream.put(problem)
    try stream.put(#","run":"#)
    try stream.put(.text(run))
    try stream.put("}\n")
  }

  /// Events of the search: of an imported tree those of the search that its file tells of.
  private var events: Int { tree.isHistory ? tree.origin?.events ?? tree.eventCount : tree.eventCount }

  private var problem: ExportValue {
    let problem = tree.header.problem
    var fields: [String: ExportValue] = [
      "id": .text(problem.id), "question": .text(problem.question), "answer": ExportValue(problem.answer),
      "source": ExportValue(problem.source), "split": ExportValue(problem.split),
    ]
    fields["system"] = problem.system.map { .text($0) }
    fields["choices"] = problem.choices.map { .list($0.map { .text($0) }) }
    fields["accepted"] = problem.accepted.map { .list($0.map { .text($0) }) }
    fields["answerMarkers"] = problem.answerMarkers.map { .list($0.map { .text($0) }) }
    return .object(fields)
  }

  private var header: ExportValue {
    let header = tree.header
    // A header that was read names what its file named: the version that wrote it may have had fewer parameters.
    let named = tree.isHistory ? tree.origin?.parameters.map(Set.init) : nil
    let parameters = header.parameters.all.map { ($0.parameter.id, Self.value($0.value)) }
      .filter { named?.contains($0.0) ?? true }
    let critics = header.critics.map { critic -> ExportValue in
      .object([
        "name": .text(critic.name), "weight": .number(critic.weight), "scope": .text(critic.scope.rawValue),
      ])
    }
    let origin = header.forkedFrom.map { ["run": ExportValue.text($0.run), "event": .integer($0.event)] }
    return .object([
      "forkedFrom": origin.map { .object($0) } ?? .null,
      "parameters": .object(Dictionary(parameters) { first, _ in first }),
      "seed": .seed(header.seed), "models": .object(header.models.mapValues { .text($0) }),
      "version": .text(header.version), "critics": .list(critics),
    ])
  }

  private static func value(_ value: ParameterValue) -> ExportValue {
    switch value {
    case .integer(let value): .integer(value)
    case .number(let value): .number(value)
    case .flag(let value): .flag(value)
    case .word(let value): .text(value)
    }
  }

  private func node(_ id: NodeID, _ search: Search) -> ExportValue {
    let node = tree[id]
    let detail = tree.details[id.offset]
    var fields: [String: ExportValue] = [
      "id": .integer(id.offset), "parent": node.parent.exists ? .integer(node.parent.offset) : .null,
      "option": ExportValue(detail.option?.text), "depth": .integer(Int(node.depth)),
      "visits": node.knownVisits.map { .integer($0) } ?? .null,
      "q": ExportValue(node.meanValue), "value": ExportValue(tree.score(CriticName.value, of: id)),
      "prm": ExportValue(tree.score(CriticName.prm, of: id)), "orm": ExportValue(tree.score(CriticName.orm, of: id)),
      "rollouts": .list(
        tree.rollouts(of: id).map { rollout in
          var fields: [String: ExportValue] = ["text": .text(rollout.text), "score": ExportValue(rollout.score)]
          fields["note"] = rollout.note.map { .text($0) }
          if withThinking { fields["thinking"] = ExportValue(rollout.thinking) }
          return .object(fields)
        }),
      "reward": ExportValue(detail.reward),
      "prior": ExportValue(detail.prior ?? detail.option?.meanLogProbability.map { exp($0) }),
      "importance": .number(node.importance), "allowed": .integer(search.allowance(at: id).children),
      "children": .integer(tree.children(of: id).reduce(0) { count, _ in count + 1 }), "draws": .integer(detail.draws),
      "mergedInto": .null, "pruned": .flag(node.marks.contains(.pruned)),
      "inserted": .flag(node.marks.contains(.inserted)), "overridden": .flag(node.marks.contains(.overridden)),
      "terminal": ExportValue(node.terminal?.rawValue), "answer": ExportValue(detail.answer),
      "termination": ExportValue(detail.option?.termination.rawValue), "scores": scores(id),
    ]
    if let bytes = detail.option?.bytes, String(validating: bytes, as: UTF8.self) == nil {
      fields["bytes"] = .text(Data(bytes).base64EncodedString())
    }
    if withThinking { fields["thinking"] = ExportValue(detail.option?.thinking) }
    return .object(fields)
  }

  /// What each critic said, null where it abstained; overrides in place.
  private func scores(_ id: NodeID) -> ExportValue {
    let detail = tree.details[id.offset]
    var scores: [String: ExportValue] = [:]
    for name in detail.scores.map(\.critic) + detail.overrides.keys { scores[name] = ExportValue(detail.score(name)) }
    return .object(scores)
  }
}
