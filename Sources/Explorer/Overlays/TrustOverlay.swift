import Canvas

/// How far to trust people and critics: what a workspace's labels say of both.
public struct TrustReport: Sendable {
  /// A labelled step, and where it stands.
  public struct Step: Sendable {
    /// Its place; nil where its label came without a run.
    let place: TreePlace?
    /// Score, label and outcome in a few words.
    let facts: String
    /// What it says.
    let text: String

    /// A step with its fields as given.
    public init(place: TreePlace?, facts: String, text: String) {
      (self.place, self.facts, self.text) = (place, facts, text)
    }
  }

  /// A part of a critic's scores.
  public struct Bin: Sendable {
    /// Scores, number, share that came true, in words.
    let words: String
    /// True where the critic says too much or too little of these steps, beyond chance.
    let isOff: Bool
    /// Its steps, by score.
    let steps: [Step]

    /// A bin with its fields as given.
    public init(words: String, isOff: Bool, steps: [Step]) {
      (self.words, self.isOff, self.steps) = (words, isOff, steps)
    }
  }

  /// A critic, held against people or outcomes.
  public struct Critic: Sendable {
    /// `prm against people`.
    let name: String
    /// Its calibration error and order, in words.
    let facts: String
    /// Its reliability curve, the lowest scores first.
    let bins: [Bin]

    /// A critic with its fields as given.
    public init(name: String, facts: String, bins: [Bin]) { (self.name, self.facts, self.bins) = (name, facts, bins) }
  }

  /// A line for each kind of label: how far people agree.
  let agreement: [String]
  let critics: [Critic]

  /// A report with its fields as given.
  public init(agreement: [String], critics: [Critic]) { (self.agreement, self.critics) = (agreement, critics) }

  /// The bins in which the words typed are found, with their critics.
  func bins(matching query: String) -> [(critic: Critic, bins: [Bin])] {
    let words = query.lowercased().split(separator: " ")
    return critics.compactMap { critic in
      let found = critic.bins.filter { bin in
        words.allSatisfy { "\(critic.name) \(bin.words)".lowercased().contains($0) }
      }
      return found.isEmpty ? nil : (critic, found)
    }
  }
}

/// What people agree on and how critics do; Enter on a part of a critic's scores lists its steps.
struct TrustOverlay: ListOverlay {
  let report: TrustReport
  var list = PickList()

  init(_ report: TrustReport) { self.report = report }

  private var shown: [(critic: TrustReport.Critic, bins: [TrustReport.Bin])] {
    report.bins(matching: list.query.text)
  }

  func count(in state: ExplorerState) -> Int { shown.reduce(0) { $0 + $1.bins.count } }

  func confirm(in state: inout ExplorerState) -> [Effect] {
    let all = shown.flatMap { part in part.bins.map { (part.critic, $0) } }
    guard let (critic, bin) = list.chosen(of: all) else { return [] }
    state.overlay = TrustStepsOverlay(title: "\(critic.name): \(bin.words)", steps: bin.steps, report: self)
    return []
  }

  func sentences(matching query: String, in state: ExplorerState) -> [String] {
    report.agreement
      + report.bins(matching: query).flatMap { part in
        ["\(part.critic.name): \(part.critic.facts)."] + part.bins.map { "\(part.critic.name), \($0.words)." }
      }
  }

  func draw(_ state: ExplorerState, _ look: Look, on frame: inout Frame) {
    let width = min(110, frame.width)
    let heads = report.agreement.flatMap {
      wrap([Span(OptionText.line($0, glyphs: look.glyphs), look("ui.text"))], width: max(1, width - 4))
    }
    let rows = shown.flatMap { part in
      [
        PickList.Row(
          spans: [
            Span(OptionText.line(part.critic.name, glyphs: look.glyphs), look("ui.key")),
            Span("  \(part.critic.facts)", look("ui.text.faint")),
          ], isHeading: true)
      ]
        + part.bins.map {
          PickList.Row(spans: [Span("  \($0.words)", look($0.isOff ? "node.value" : "ui.text"))])
        }
    }
    let inside = frame.popup(
      title: "How far to trust people and critics", width: width,
      height: min(frame.height - 2, heads.count + max(1, rows.count) + 5), look: look)
    let (top, rest) = inside.split(rows: min(heads.count + 1, max(0, inside.height - 4)))
    frame.lines(heads, in: top)
    if report.critics.isEmpty {
      frame.put(
        "No step has both a critic's score and a label.", x: rest.x, y: rest.y, style: look("ui.text.faint"),
        maxWidth: rest.width)
      return
    }
    list.draw(rows, in: rest, look, on: &frame)
  }
}

/// The steps of a part of a critic's scores; Enter opens the run at one, Escape goes back to the report.
struct TrustStepsOverlay: ListOverlay {
  let title: String
  let steps: [TrustReport.Step]
  let report: TrustOverlay
  var list = PickList()

  init(title: String, steps: [TrustReport.Step], report: TrustOverlay) {
    (self.title, self.steps, self.report) = (title, steps, report)
  }

  private func shown(_ query: String) -> [TrustReport.Step] {
    let query = query.lowercased()
    return query.isEmpty ? steps : steps.filter { "\($0.facts) \($0.text)".lowercased().contains(query) }
  }

  func count(in state: ExplorerState) -> Int { shown(list.query.text).count }

  func confirm(in state: inout ExplorerState) -> [Effect] {
    guard let step = list.chosen(of: shown(list.query.text)) else { return [] }
    guard let place = step.place else {
      state.overlay = self
      state.message = .notice("this label came without a run")
      return []
    }
    return state.openTree(place)
  }

  func close(in state: inout ExplorerState) -> [Effect] {
    state.overlay = report
    return []
  }

  func sentences(matching query: String, in state: ExplorerState) -> [String] {
    ["\(title)."] + shown(query).prefix(200).map { "\($0.facts): \($0.text)" }
  }

  func draw(_ state: ExplorerState, _ look: Look, on frame: inout Frame) {
    let shown = shown(list.query.text)
    let inside = frame.popup(
      title: OptionText.line(title, glyphs: look.glyphs), width: min(110, frame.width),
      height: min(frame.height - 2, max(1, shown.count) + 4), look: look)
    let rows = shown.map { step in
      PickList.Row(spans: [
        Span(TextWidth.padded(OptionText.line(step.facts, glyphs: look.glyphs), to: 20), look("ui.text.faint")),
        Span(" " + OptionText.line(step.text, glyphs: look.glyphs), look("ui.text")),
      ])
    }
    list.draw(rows, in: inside, look, on: &frame)
  }
}
