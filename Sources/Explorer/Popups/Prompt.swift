import TreeInsight
import TreeSearch

/// One line that a command asks for.
public struct Prompt: Hashable, Sendable {
  /// What it is for.
  public enum Purpose: Hashable, Sendable {
    /// Children to add below a node.
    case expand(NodeID)
    /// Rollouts from a node.
    case rollOut(NodeID)
    /// Simulations to do.
    case runMore
    /// Visits below which nodes are folded.
    case foldVisits
    /// The text of an option of one's own below a node.
    case insert(NodeID)
    /// Settings of a fork after so many events.
    case fork(Int)
    /// What is noted of a bookmarked node.
    case bookmark(NodeID)
    /// A filter of nodes.
    case filter
    /// A breakpoint.
    case breakpoint
    /// Another value of an engine parameter; afterwards the list of settings is there again.
    case setting(String, in: PickList)
    /// Words that shown problems hold.
    case problems
  }

  /// What it is for.
  let purpose: Purpose
  /// What is typed.
  var field: TextField
  /// Why the last confirmation was refused.
  private(set) var problem: String?
  /// How many nodes match what is typed, where that is a filter.
  var count: String?
  /// True where the cursor stands on what was refused.
  private(set) var isLocated = false

  init(_ purpose: Purpose, _ text: String = "") {
    self.purpose = purpose
    field = TextField(text, isSuggestion: true)
  }

  /// What is asked.
  var title: String {
    switch purpose {
    case .expand(let node): "Children to add below node \(node)"
    case .rollOut(let node): "Fast rollouts from node \(node)"
    case .runMore: "Simulations to run"
    case .foldVisits: "Fold below how many visits"
    case .insert(let node): "Your option below node \(node)"
    case .fork(let moment): "Fork at moment \(moment) with"
    case .bookmark(let node): "Bookmark node \(node), with a note"
    case .filter: "Filter"
    case .breakpoint: "Pause where"
    case .setting(let id, _): "Set \(id) to"
    case .problems: "Problems that say"
    }
  }

  /// What can be typed.
  var hint: String {
    switch purpose {
    case .expand, .rollOut: "1 to 64"
    case .runMore: "1 to 1000000"
    case .foldVisits: "a number of visits; 0 folds by depth"
    case .insert: "one line; every critic scores it"
    case .fork: "PARAMETER=VALUE ... seed=N, or nothing"
    case .bookmark: "a few words, or nothing"
    case .filter: "n>10 q<0.4 prm<0.3 pruned answer=25 \"text\" not or ( )"
    case .breakpoint: "merge, best changes, terminal, answer = 25, critics differ > 0.4, depth=2 n>10"
    case .setting(let id, _): SearchParameters.declared.first { $0.id == id }?.range ?? ""
    case .problems: "words of the id, the text, tier or split"
    }
  }

  /// Refuses what is typed and puts the cursor on what is wrong with it, or (nil) takes the refusal back.
  mutating func refuse(_ problem: String?, at column: Int? = nil) {
    self.problem = problem
    isLocated = column != nil
    guard let column else { return }
    field.move(by: -TextField.limit)
    field.move(by: column - 1)
  }

  /// What can follow at the cursor of a filter or a breakpoint; nil for other prompts.
  func completion(critics: [String]) -> FilterCompletion? {
    switch purpose {
    case .filter: .filter(field.text, cursor: field.cursor, critics: critics)
    case .breakpoint: .breakpoint(field.text, cursor: field.cursor, critics: critics)
    default: nil
    }
  }

  /// Puts the first continuation in place of the word at the cursor.
  mutating func complete(critics: [String]) {
    guard let completion = completion(critics: critics), let first = completion.items.first else { return }
    for _ in completion.range { field.deleteBackward() }
    field.insert(first.text)
    refuse(nil)
  }

  /// The whole number typed, if it is in `range`.
  func number(in range: ClosedRange<Int>) -> Int? { Int(field.text).flatMap { range.contains($0) ? $0 : nil } }
}
