/// What a person has arranged and finds again: theme, columns, sizes, order. A value that is written as JSON; what it does not
/// know, or what cannot be, is passed over.
public struct Preferences: Codable, Hashable, Sendable {
  /// The theme that was chosen with a key.
  public var theme: String?
  /// Columns of the tree that are wanted always or never, by id.
  var columns: [String: Bool]?
  /// Thousandths of its place that the first part of a split takes, by name.
  var shares: [String: Int]?
  /// Panels that are not shown.
  var hidden: [String]?
  /// Whether the timeline is shown, where that was said.
  var showsTimeline: Bool?
  /// Whether the screen is read from afar.
  var projects: Bool?
  /// In which order children have their rows, and problems theirs.
  var children: String?
  var problems: String?
  var problemsTurned: Bool?

  /// Nothing arranged.
  public init() {}
}

extension ExplorerState {
  /// What the person has arranged so far.
  public var preferences: Preferences {
    var kept = Preferences()
    func some<Value: Collection>(_ value: Value) -> Value? { value.isEmpty ? nil : value }
    kept.columns = some(arrangement.columns)
    kept.shares = some(Dictionary(uniqueKeysWithValues: arrangement.shares.map { ($0.key.rawValue, $0.value) }))
    kept.hidden = some(arrangement.hidden.map(\.rawValue).sorted())
    kept.showsTimeline = arrangement.showsTimeline
    kept.projects = arrangement.projects ? true : nil
    kept.children = arrangement.childOrder == .creation ? nil : arrangement.childOrder.rawValue
    if problems.order != .file || problems.isReversed {
      kept.problems = problems.order.rawValue
      kept.problemsTurned = problems.isReversed
    }
    return kept
  }

  /// Arranges everything as it was; what is not known is left as it is.
  public mutating func arrange(_ kept: Preferences) {
    for (id, isWanted) in kept.columns ?? [:] where TreeColumn.all.contains(where: { $0.id == id }) {
      arrangement.columns[id] = isWanted
    }
    for (name, share) in kept.shares ?? [:] {
      if let split = Split(rawValue: name) { arrangement.shares[split] = max(100, min(share, 900)) }
    }
    for name in kept.hidden ?? [] { Panel(rawValue: name).map { arrangement.hide($0) } }
    arrangement.showsTimeline = kept.showsTimeline ?? arrangement.showsTimeline
    arrangement.projects = kept.projects ?? arrangement.projects
    arrangement.childOrder = kept.children.flatMap { ChildOrder(rawValue: $0) } ?? arrangement.childOrder
    if let order = kept.problems.flatMap({ ProblemOrder(rawValue: $0) }) {
      problems.sort(by: order, isReversed: kept.problemsTurned ?? false, height: layout.listRows)
    }
  }

  /// Says to somebody who is here for the first time what can be done first.
  public mutating func greet() {
    (greets, showsLegend) = (true, true)
    if run == nil, rounds == nil, labelling == nil {
      message = .glance(
        "Enter opens a problem, \(key("tour.start")) is a tour of ten minutes, \(key("app.help")) lists keys and signs")
    }
  }

  /// Says what could not be used when the program began.
  public mutating func sayAtFirst(_ problem: String) {
    firstFailure = problem
    message = .failure(problem)
  }

  /// The greeting once a search is there that has not begun.
  mutating func greetOnRun() {
    if let problem = firstFailure.take() { message = .failure(problem) }
    guard greets, let run else { return }
    greets = false
    guard run.tree.simulations == 0, classroom.tour == nil, following == nil else { return }
    message = .glance(
      "\(key("search.toggle")) lets it search, \(key("search.insert")) adds a line of yours, "
        + "\(key("tour.start")) is a tour; \(key("app.help")) lists keys and signs")
  }
}
