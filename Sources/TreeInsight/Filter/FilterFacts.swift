import TreeSearch
import Vocabulary

/// What a filter can ask of a tree as a whole: which trajectories are chosen, and where trajectories first go wrong. A node alone
/// cannot say it, so it is found once for all of them.
public struct FilterFacts: Sendable {
  /// The steps of each selection's trajectory, the question left out.
  private let chosen: [FinalSelection: Set<NodeID>]
  private let own: FinalSelection
  private let firstErrors: Set<NodeID>

  /// The facts of `tree`, where people said `labels` of steps. Complexity: O(nodes × depth).
  init(_ tree: SearchTree, labels: [NodeID: StepLabel], _ wanted: Set<FilterQuestion>) {
    own = tree.finalSelection
    var chosen: [FinalSelection: Set<NodeID>] = [:]
    if wanted.contains(where: { $0 != .firstError }) {
      for (selection, candidate) in tree.finalAnswers().choices {
        chosen[selection] = Set(tree.path(to: candidate.node).dropFirst())
      }
    }
    self.chosen = chosen
    firstErrors = wanted.contains(.firstError) ? FirstWrongStep.all(in: tree, labels: labels) : []
  }

  /// The answer for one node. Complexity: O(1).
  func holds(_ question: FilterQuestion, for id: NodeID) -> Bool {
    switch question {
    case .chosen(let selection): chosen[selection ?? own]?.contains(id) ?? false
    case .firstError: firstErrors.contains(id)
    }
  }
}

/// A yes-or-no fact about a node that only the whole tree can say.
enum FilterQuestion: Hashable, Sendable {
  /// The node lies on the trajectory that a selection chooses; nil is the run's own.
  case chosen(FinalSelection?)
  /// The node is the first wrong step of a trajectory that ends wrong.
  case firstError

  /// Words in the order of completion, each with what it means.
  static let words: [(word: String, question: FilterQuestion, help: String)] =
    [("chosen", .chosen(nil), "on the trajectory that the run's own selection chooses")]
    + FinalSelection.allCases.map {
      ("chosen.\($0.rawValue)", .chosen($0), "on the trajectory that \($0.rawValue) chooses")
    } + [("first-error", .firstError, "the first wrong step of a trajectory that ends wrong")]

  /// What stands before a selection's name.
  static let prefix = "chosen."

  private static let byWord = Dictionary(uniqueKeysWithValues: words.map { ($0.word.lowercased(), $0.question) })

  /// The question called `name`, in lower case.
  init?(_ name: String) {
    guard let known = Self.byWord[name] else { return nil }
    self = known
  }
}
