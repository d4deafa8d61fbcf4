import Vocabulary

/// A form of other programs' trees: how it is known and read.
///
/// A form of your own is a file beside those in `Formats/` and a line in ``all``.
public struct TreeFormat: Sendable {
  /// What `import --form` calls it.
  public let name: String
  /// What it is, in a few words.
  public let help: String
  /// True where a JSON value has the shape: a line of JSON Lines, or a whole file.
  let fits: @Sendable (JSONView) -> Bool
  /// True where the lines of a file are read together, and not each by itself.
  let joinsLines: Bool
  /// The trees that a value holds, or the lines of a file. Throws ``TreeFault``.
  let read: @Sendable ([JSONView]) throws -> [TreeDraft]

  init(
    _ name: String, help: String, joinsLines: Bool = false, fits: @escaping @Sendable (JSONView) -> Bool,
    read: @escaping @Sendable ([JSONView]) throws -> [TreeDraft]
  ) {
    (self.name, self.help, self.fits, self.joinsLines, self.read) = (name, help, fits, joinsLines, read)
  }

  /// A form of which each value is a tree.
  init(
    _ name: String, help: String, fits: @escaping @Sendable (JSONView) -> Bool,
    tree: @escaping @Sendable (JSONView) throws -> TreeDraft
  ) {
    self.init(name, help: help, fits: fits) { try $0.map(tree) }
  }

  /// The forms that `import` reads; where several fit, the first counts.
  public static let all: [TreeFormat] = [
    .etascope, .inspect, .reasoners, .moatless, .sweSearch, .reasoningSteps, .indexPaths, .guidedSearch, .mctsReasoning,
    .mctx, .openEvolve, .nested, .weave, .thoughts, .samples,
  ]

  /// The form of ``all`` that is called `name`; nil where none is.
  public static func named(_ name: String) -> TreeFormat? { all.first { $0.name == name } }
}

/// What is wrong with a value: where it stands, which field, and what was expected.
struct TreeFault: Error {
  let offset: Int
  let field: String
  let expected: String

  init(_ value: JSONView, _ field: String, _ expected: String) {
    let found = value[field]
    offset = (found ?? value).offset
    self.field = field
    self.expected = "expected \(expected), found \(found?.kindWords ?? (value.isObject ? "none" : value.kindWords))"
  }

  init(offset: Int, field: String, _ expected: String) {
    (self.offset, self.field, self.expected) = (offset, field, expected)
  }
}

extension TreeDraft {
  /// Where a value of a nested file stands: below which value, and as the how manieth, from 0.
  typealias Place = (parent: JSONView, number: Int)

  /// Adds what is nested below `top`, which stands at `parent`: a node, then all below it, then its next sibling's. However deep a
  /// file goes, nothing is called within itself.
  ///
  /// - Parameters:
  ///   - children: the values right below one; nil where there are none.
  ///   - node: what a value says of its node; nil where it is passed over, with what is below it.
  mutating func add(
    below top: JSONView, at parent: Parent = .root, children: (JSONView) throws -> JSONMembers?,
    node: (JSONView, Place) throws -> Node?
  ) throws {
    var open = [(value: top, parent: parent)]
    while let (value, parent) = open.popLast() {
      guard let children = try children(value) else { continue }
      let first = open.count
      for (number, child) in children.enumerated() {
        guard let made = try node(child, (value, number)) else { continue }
        nodes.append(made)
        nodes[nodes.count - 1].parent = parent
        open.append((child, .place(nodes.count - 1)))
      }
      open[first...].reverse()
    }
  }
}

/// What several forms read in the same way.
extension JSONView {
  /// The elements of its list `children`; nil where there are none. Throws ``TreeFault``.
  func children() throws -> JSONMembers? {
    guard let children = self["children"], !children.isNull else { return nil }
    guard let list = children.list else { throw TreeFault(self, "children", "a list") }
    return list
  }

  /// A member's text. Throws ``TreeFault``.
  func text(_ key: String) throws -> String {
    guard let text = self[key]?.string else { throw TreeFault(self, key, "a string") }
    return text
  }

  /// A member's elements. Throws ``TreeFault``.
  func elements(_ key: String) throws -> JSONMembers {
    guard let list = self[key]?.list else { throw TreeFault(self, key, "a list") }
    return list
  }

  /// The text of a step, whatever holds it: a string, or an object with one in a usual place.
  var stepText: String? { string ?? first(Self.stepNames)?.string }

  private static let stepNames = JSONKeys(
    "text", "step", "action", "content", "thought", "state", "output", "response", "answer")

  /// The question in one of the places where logs have it.
  var questionText: String? {
    first("question", "problem", "prompt", "query", "instruction", "task", "input", "goal")?.string
  }

  /// The reference answer in one of the places where logs have it.
  var referenceAnswer: String? {
    first("ground_truth", "gold", "reference", "ground_truth_answer", "target", "final_answer", "answer", "label")?.word
  }

  /// The name of the problem.
  var problemName: String? { first("id", "problem_id", "task_id", "idx", "index", "unique_id")?.word }

  /// Numbers among `keys` as critics' scores, under the names given.
  func scores(_ names: KeyValuePairs<String, String>) -> [(critic: String, score: Double?, note: String?)] {
    names.compactMap { key, critic in self[key]?.number.map { (critic, $0, nil) } }
  }
}
