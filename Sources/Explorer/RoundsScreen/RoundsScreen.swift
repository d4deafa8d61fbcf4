import Vocabulary

/// The rounds on the screen, and where the person stands among them.
public struct RoundsScreen: Sendable {
  /// The rounds, the newest first.
  public private(set) var entries: [RoundEntry] = []
  /// False until somebody has told of them.
  public private(set) var isKnown = false
  /// Index of the selected round; 0 where there is none.
  public private(set) var cursor = 0
  /// Index of the first row on the screen.
  private(set) var top = 0
  /// The selected stage of the selected round.
  public internal(set) var stage = RoundStageName.imagine
  /// The stage, or the comparison, that lies over the list of rounds; nil while that is on the screen.
  public internal(set) var page: StagePage?
  /// True while the keyboard scrolls what stands below or beside the list.
  var scrollsDetail = false
  /// Lines of it that are scrolled away.
  var scroll = 0
  /// The round that waits to be compared with another.
  var marked: String?

  /// The run from which the rounds were opened; nil where that was the list of problems.
  let origin: String?
  /// The round on which the cursor is to be as soon as rounds are known.
  private let wanted: String?

  /// No round is known yet.
  init(at wanted: String? = nil, over origin: String? = nil) { (self.wanted, self.origin) = (wanted, origin) }

  /// The selected round.
  public var selected: RoundEntry? { entries.indices.contains(cursor) ? entries[cursor] : nil }

  /// The round of the page, or else the selected one.
  public var round: RoundEntry? {
    guard let page else { return selected }
    return page.round.flatMap { id in entries.first { $0.id == id } }
  }

  /// The command that a person is waited for to give; nil where nobody is waited for.
  var askedFor: String? {
    if round?[.gate].standing == .asks { return "round.approve" }
    return round?[.promote].standing == .asks ? "round.sign" : nil
  }

  /// What is to be told of.
  var watch: RoundsWatch {
    if case .stage(let round, let stage)? = page?.subject { .stage(round: round, stage: stage) } else { .rounds }
  }

  /// Shows a page, or (nil) the list of rounds, with its list under the keyboard.
  mutating func turn(to page: StagePage?) { (self.page, scroll, scrollsDetail) = (page, 0, false) }

  /// Moves the cursor by `rows`, as far as there are rounds.
  mutating func move(by rows: Int) { select(max(0, min(cursor.addingClamped(rows), entries.count - 1))) }

  /// Puts the cursor on a round.
  mutating func select(_ index: Int) {
    if index != cursor { scroll = 0 }
    cursor = index
  }

  /// Scrolls so that the cursor is among `height` rows.
  mutating func clampScroll(height: Int) {
    let height = max(1, height)
    top = max(0, min(max(min(top, cursor), cursor - height + 1), entries.count - height))
  }

  /// Takes what has become of rounds; the cursor stays on its round.
  mutating func apply(_ update: RoundsUpdate) {
    switch update {
    case .rounds(let rounds):
      let before = isKnown ? selected?.id : wanted
      let at = rounds.firstIndex { $0.id == before } ?? max(0, min(cursor, rounds.count - 1))
      if !isKnown, rounds.indices.contains(at) { stage = rounds[at].current }
      (entries, isKnown) = (rounds, true)
      select(at)
    case .round(let round):
      if let at = entries.firstIndex(where: { $0.id == round.id }) {
        let before = entries[at]
        entries[at] = round
        // How far a stage at work has come is told apart from what happens in it.
        for (stage, entry) in round.stages where entry.standing == .running && entry.progress == nil {
          entries[at].stages[stage]?.progress = before[stage].progress
        }
      } else {
        entries.insert(round, at: 0)
        // The person stays at the round that they look at, unless it is the only one.
        if entries.count > 1 { cursor += 1 } else { stage = round.current }
        isKnown = true
      }
    case .progress(let id, let stage, let progress):
      guard let at = entries.firstIndex(where: { $0.id == id }) else { return }
      entries[at].stages[stage, default: StageEntry()].progress = progress
    case .items(let round, let stage, let first, let items):
      guard page?.subject == .stage(round: round, stage) else { return }
      page?.list.put(items, first: first)
    case .compared(let comparison): turn(to: StagePage(comparison))
    }
  }
}

/// One stage of a round in full, or two rounds side by side: a list with a cursor.
public struct StagePage: Sendable {
  /// What it is about.
  public enum Subject: Hashable, Sendable {
    /// A stage of a round.
    case stage(round: String, RoundStageName)
    /// Two rounds.
    case comparison(a: String, b: String)
  }

  /// What it is about.
  public let subject: Subject
  /// What the stage kept.
  public internal(set) var list: StageList
  /// What was measured of a comparison.
  let figures: [RoundFigure]

  /// A stage whose items are still to come.
  init(round: String, stage: RoundStageName) {
    subject = .stage(round: round, stage)
    list = StageList(order: [.filter, .gate, .evaluate].contains(stage) ? .worth : .arrival)
    figures = []
  }

  /// Two rounds.
  init(_ comparison: RoundComparison) {
    subject = .comparison(a: comparison.a, b: comparison.b)
    list = StageList(order: .worth)
    list.put(comparison.problems.map(StageItem.trial), first: 0)
    figures = comparison.figures
  }

  /// The stage; nil for a comparison.
  public var stage: RoundStageName? { if case .stage(_, let stage) = subject { stage } else { nil } }

  /// The name of its round; nil for a comparison.
  var round: String? { if case .stage(let round, _) = subject { round } else { nil } }

  /// True where the stage keeps a list; training and export say what they did in figures.
  var hasList: Bool { stage != .train && stage != .export }

  /// True where a person may say of a row whether it may be learned from.
  var takesDecisions: Bool { stage == .filter || stage == .gate }
}

extension Int {
  /// A sum that stops at the ends of the range.
  func addingClamped(_ other: Int) -> Int {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? (other < 0 ? .min : .max) : sum
  }
}
