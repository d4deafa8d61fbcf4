import TreeInsight
import Vocabulary

/// The rounds on the screen, and where the person stands among them.
public struct RoundsScreen: Sendable {
  /// The rounds, the newest first, in an order and narrowed.
  private(set) var list = RowList<RoundOrder>()
  /// False until somebody has told of them.
  public private(set) var isKnown = false
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

  /// Every round, the newest first.
  public var entries: [RoundEntry] { list.rows }
  /// The row of the selected round, from 0; 0 where there is none.
  public var cursor: Int { list.cursor }
  /// The first row on the screen.
  var top: Int { list.top }
  /// The selected round.
  public var selected: RoundEntry? { list.selected }

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
  mutating func move(by rows: Int) { changeRows { $0.move(by: rows) } }

  /// Puts the cursor on a row.
  mutating func select(_ row: Int) { changeRows { $0.place(at: row) } }

  /// Shows the rounds that have what `query` asks for. Throws `FilterError` and changes nothing where it cannot be read.
  mutating func filter(_ query: String) throws(FilterError) {
    var list = list
    try list.filter(query)
    changeRows { $0 = list }
  }

  /// Puts the rounds in another order; the same order again turns it round.
  mutating func sort(by order: RoundOrder) { changeRows { $0.sort(by: order) } }

  /// Scrolls so that the cursor is among `height` rows.
  mutating func clampScroll(height: Int) { list.clampScroll(height: height) }

  /// Changes the rows; what stands beside another round is read from its beginning.
  private mutating func changeRows(_ change: (inout RowList<RoundOrder>) -> Void) {
    let before = selected?.id
    change(&list)
    if selected?.id != before { scroll = 0 }
  }

  /// Takes what has become of rounds; the cursor stays on its round.
  mutating func apply(_ update: RoundsUpdate) {
    switch update {
    case .rounds(let rounds):
      let isFirst = !isKnown
      let first = isFirst ? wanted : nil
      isKnown = true
      changeRows { list in
        list.replace(rounds)
        if let first { list.select(first) }
      }
      if isFirst, let selected { stage = selected.current }
    case .round(let round):
      guard let before = entries.first(where: { $0.id == round.id }) else {
        isKnown = true
        let isOnly = entries.isEmpty
        changeRows { $0.replace([round] + $0.rows) }
        if isOnly { stage = round.current }
        return
      }
      list.change(round.id) { entry in
        entry = round
        // How far a stage at work has come is told apart from what happens in it.
        for (stage, new) in round.stages where new.standing == .running && new.progress == nil {
          entry.stages[stage]?.progress = before[stage].progress
        }
      }
    case .progress(let id, let stage, let progress):
      list.change(id) { $0.stages[stage, default: StageEntry()].progress = progress }
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
