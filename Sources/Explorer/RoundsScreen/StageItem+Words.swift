import TreeInsight
import Vocabulary

extension StageItem {
  /// The states that it is in, in words that a filter finds and that the status line counts.
  var states: [String] {
    switch self {
    case .prompt(let prompt): [prompt.reason == nil ? "accepted" : "refused"]
    case .search(let search): [search.error != nil ? "failed" : Self.word(search.isRight, none: "unknown")]
    case .trajectory(let item):
      [
        item.isAccepted ? "accepted" : "refused", item.passed ? "passed" : "failed",
        Self.word(item.isRight, none: "unknown"), item.isAudited ? "audit" : nil,
        item.decision != nil ? "decided" : "open",
        item.isAudited && item.decision == nil && item.isRight == nil ? "asked" : nil,
        item.commit != nil ? "committed" : nil,
      ].compactMap { $0 }
    case .trial(let trial): [trial.change.word]
    case .condition(let condition): [condition.holds ? "holds" : "fails"]
    }
  }

  private static func word(_ isRight: Bool?, none: String) -> String { isRight.map { $0 ? "right" : "wrong" } ?? none }

  /// What words of a filter can find.
  var words: String {
    let parts: [String?] =
      switch self {
      case .prompt(let item): [item.id, item.kind, item.text, item.reason, item.answer]
      case .search(let item): [item.problem, item.question, item.answer, item.error]
      case .trajectory(let item):
        [item.problem, item.question, item.text, item.answer, item.decision?.who, item.decision?.note]
      case .trial(let item): [item.problem, item.question, item.before.answer, item.after?.answer]
      case .condition(let item): [item.name, item.found]
      }
    return (states + parts.compactMap { $0 }).joined(separator: " ")
  }

  /// How much a person's look at it is worth; the greatest first.
  var worth: Double {
    switch self {
    // What was refused tells most; of what was accepted, what is nearest to something known.
    case .prompt(let item): item.reason != nil ? 2 : 1 - Self.finite(item.distance ?? 1)
    case .search(let item): item.error != nil ? 3 : item.isRight == false ? 2 : item.answer == nil ? 1 : 0
    case .trajectory(let item): item.worth
    case .trial(let item): -Double(item.change.rawValue)
    case .condition(let item): item.holds ? 0 : 1
    }
  }

  /// What is not a number must not stand in the way of an order.
  private static func finite(_ number: Double) -> Double { number.isFinite ? number : 0 }

  /// The trees that it leads to, each with a word for it.
  var places: [(word: String, place: TreePlace)] {
    switch self {
    case .prompt(let item): item.place.map { [("its tree", $0)] } ?? []
    case .search(let item): [("its tree", TreePlace(run: item.run))]
    case .trajectory(let item): [("the trajectory", item.place)]
    case .trial(let item):
      [("before", item.before.run), ("after", item.after?.run)].compactMap { word, run in
        run.map { (word, TreePlace(run: $0)) }
      }
    case .condition: []
    }
  }

  /// The trajectory, where it is one.
  var trajectory: TrajectoryItem? { if case .trajectory(let item) = self { item } else { nil } }
}

extension StageItem: QueriedRow {
  static let fields = [
    RowField("worth", "what a look at it is worth", isNumber: true), RowField("problem", "its problem"),
    RowField("answer", "what it answers"), RowField("by", "who decided"),
  ]
  static let words = [
    RowWord("accepted", "may be learned from"), RowWord("refused", "may not"), RowWord("right", "answers rightly"),
    RowWord("wrong", "answers wrongly"), RowWord("audit", "drawn for a person to look at"),
    RowWord("open", "nobody has decided"), RowWord("decided", "somebody has"),
  ]

  func number(_ name: String) -> Double? { name == "worth" ? worth : nil }

  func text(_ name: String) -> String? {
    switch (name, self) {
    case ("problem", .prompt(let item)): item.id
    case ("problem", .search(let item)): item.problem
    case ("problem", .trajectory(let item)): item.problem
    case ("problem", .trial(let item)): item.problem
    case ("answer", .prompt(let item)): item.answer
    case ("answer", .search(let item)): item.answer
    case ("answer", .trajectory(let item)): item.answer
    case ("answer", .trial(let item)): item.before.answer
    case ("by", .trajectory(let item)): item.decision?.who
    default: nil
    }
  }

  func says(_ text: SoughtText) -> Bool { text.isFound(in: words) }
}

extension StageTally {
  /// What is in a list of a stage, in words for the status line.
  func words(of stage: RoundStageName?) -> String {
    func counted(_ states: [String]) -> String {
      states.filter { self[$0] > 0 }.map { "\(Number.count(self[$0])) \($0)" }.joined(separator: ", ")
    }
    let (things, states): (String, [String]) =
      switch stage {
      case .imagine: (Number.things(count, "question"), ["accepted", "refused"])
      case .search: (Number.things(count, "search", "searches"), ["right", "wrong", "failed"])
      case .filter, .gate: (Number.things(count, "trajectory", "trajectories"), ["accepted", "refused", "decided"])
      case .commit: (Number.things(count, "commit"), [])
      case .promote: (Number.things(count, "condition"), ["holds", "fails"])
      case .evaluate, nil:
        (Number.things(count, "problem"), TrialItem.Change.allCases.map(\.word))
      case .train, .export: ("", [])
      }
    let parts = [
      things, counted(states), self["asked"] > 0 ? "\(Number.count(self["asked"])) of the audit to decide" : "",
    ]
    return parts.filter { !$0.isEmpty }.joined(separator: ", ")
  }
}
