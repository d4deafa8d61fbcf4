import Foundation
import TreeSearch
import Vocabulary

/// What stands in the row of a run, as canonical JSON: the very bytes of ``CanonicalJSON/data(_:)``, which writes what is rare.
enum RunRow {
  /// A problem. Complexity: O(bytes).
  static func json(of problem: Problem) throws -> Data {
    guard problem.tests == nil, problem.choices == nil, problem.accepted == nil, problem.answerMarkers == nil else {
      return try CanonicalJSON.data(problem)
    }
    return try written(problem) { writer in
      writer.members(["answer": problem.answer])
      writer.member("id", problem.id)
      writer.members(["pattern": problem.pattern])
      writer.member("question", problem.question)
      writer.members([
        "schema": problem.schema, "source": problem.source, "split": problem.split, "system": problem.system,
      ])
    }
  }

  /// A header, of which the problem is written already. Complexity: O(bytes).
  static func json(of header: RunHeader, problem: Data) throws -> Data {
    guard header.models.count < 2, header.forkedFrom == nil, header.parameters == SearchParameters() else {
      return try CanonicalJSON.data(header)
    }
    return try written(header) { writer in
      writer.key("critics")
      writer.list(header.critics) { writer, critic in
        writer.object {
          $0.member("name", critic.name)
          $0.member("scope", critic.scope.rawValue)
          $0.member("weight", critic.weight)
        }
      }
      writer.key("models")
      writer.object { writer in
        for (role, model) in header.models {
          writer.string(role)
          writer.put(":")
          writer.string(model)
        }
      }
      writer.key("parameters")
      writer.put("{}")
      writer.key("problem")
      writer.put(problem)
      writer.member("seed", header.seed)
      writer.member("version", header.version)
    }
  }

  /// Totals. Complexity: O(bytes).
  static func json(of totals: RunTotals) throws -> Data {
    try written(totals) { writer in
      if let agreement = totals.agreement { writer.member("agreement", agreement) }
      writer.members(["answer": totals.answer])
      if let misses = totals.missesRight { writer.member("missesRight", misses) }
      writer.member("nodes", totals.nodes)
      writer.member("simulations", totals.simulations)
      if let reason = totals.stopped { writer.member("stopped", reason.rawValue) }
      writer.key("tokens")
      writer.object { $0.usage(totals.tokens) }
      guard let worth = totals.worth else { return }
      writer.key("worth")
      writer.object {
        $0.member("ambiguity", worth.ambiguity)
        $0.member("convincing", worth.convincing)
        $0.member("disagreement", worth.disagreement)
      }
    }
  }

  /// What `members` write of `value` between braces; what they cannot write, the general encoder does.
  private static func written(
    _ value: some Encodable, _ members: (inout CanonicalWriter) -> Void
  ) throws -> Data {
    var writer = CanonicalWriter()
    writer.object(members)
    return writer.isPlain ? Data(writer.bytes) : try CanonicalJSON.data(value)
  }
}

extension CanonicalWriter {
  /// Texts that are there.
  fileprivate mutating func members(_ texts: KeyValuePairs<StaticString, String?>) {
    for (name, text) in texts { if let text { member(name, text) } }
  }
}
