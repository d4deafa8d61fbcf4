import Canvas
import TreeInsight

/// Texts of all runs in which something was found.
public struct FoundTexts: Hashable, Sendable {
  /// A place where it stands.
  public struct Hit: Hashable, Sendable {
    /// The problem of the run.
    public let problem: String
    /// Where it stands: a node, or a rollout of one.
    public let place: TreePlace
    /// What stands around it, as the model wrote it.
    public let text: String

    /// A place with its fields as given.
    public init(problem: String, place: TreePlace, text: String) {
      (self.problem, self.place, self.text) = (problem, place, text)
    }
  }

  /// What was looked for.
  let query: String
  /// Places, the best match first; not all where there are very many.
  let hits: [Hit]
  /// How many there are in all, in how many runs of how many.
  let count: Int
  let runs: Int

  /// What was found in the texts of so many runs.
  public init(_ query: String, hits: [Hit], count: Int, runs: Int) {
    (self.query, self.hits, self.count, self.runs) = (query, hits, count, runs)
  }

  /// What was found in all, in words.
  var words: String {
    "\(Number.things(count, "place")) in the texts of \(Number.things(runs, "run"))"
      + (hits.count < count ? "; the first \(hits.count) are shown" : "")
  }
}

extension FoundTexts.Hit: QueriedRow, Identifiable {
  static var fields: [RowField] {
    [
      RowField("node", "the node where it stands", isNumber: true), RowField("run", "the run"),
      RowField("problem", "what that searches"),
    ]
  }
  static var words: [RowWord] { [RowWord("rollout", "it stands in a rollout")] }

  /// Its place, as no other hit has it.
  public var id: String { "\(place.run) \(place.node) \(place.rollout ?? -1)" }

  func number(_ name: String) -> Double? { name == "node" ? Double(place.node) : nil }

  func text(_ name: String) -> String? {
    switch name {
    case "run": place.run
    case "problem": problem
    default: nil
    }
  }

  func says(_ sought: SoughtText) -> Bool {
    [problem, place.run, text, place.rollout == nil ? "" : "rollout"].contains { sought.isFound(in: $0) }
  }
}

/// In which order they are listed.
enum HitOrder: RowOrder {
  /// The best match first, as they were found.
  case match

  static let standard = match
  var sentence: String { "the best match first" }
  func key(_ row: FoundTexts.Hit) -> RowKey? { nil }
}

/// Where a text stands in the runs of the workspace, narrowed by typing; Enter goes there.
struct TextHitsOverlay: QueriedOverlay {
  let found: FoundTexts
  var list = PickList()
  var rows: RowList<HitOrder>

  init(_ found: FoundTexts) { (self.found, rows) = (found, RowList(found.hits)) }

  func confirm(in state: inout ExplorerState) -> [Effect] {
    guard let hit = chosen else {
      state.overlay = self
      return []
    }
    return state.openTree(hit.place)
  }

  func sentences(matching query: String, in state: ExplorerState) -> [String] {
    ["\(found.words)."]
      + found.hits.filter { query.isEmpty || SoughtText(query).isFound(in: $0.text) }.map {
        "\($0.place.run), node \($0.place.node): \($0.text)"
      }
  }

  func draw(_ state: ExplorerState, _ look: Look, on frame: inout Frame) {
    func safe(_ text: String) -> String { OptionText.line(text, glyphs: look.glyphs) }
    let width = min(132, frame.width)
    let inside = frame.popup(
      title: "Texts that say \(safe(found.query))", width: width, height: min(frame.height - 2, 36), look: look)
    let (area, feet) = inside.split(bottomRows: 1)
    let nameWidth = width >= 90 ? 28 : 16
    list.draw(
      shown.map { hit in
        let name = TextWidth.padded(safe(hit.place.run), to: nameWidth, ellipsis: look.glyphs.ellipsis)
        let place = "\(hit.place.node)" + (hit.place.rollout.map { " r\($0 + 1)" } ?? "")
        return PickList.Row(spans: [
          Span(name + " ", look("ui.text.faint")), Span(TextWidth.padded(place, to: 8), look("ui.key")),
          Span(safe(hit.text), look("ui.text")),
        ])
      }, hint: continuations, in: area, look, on: &frame)
    frame.putTruncated(
      found.words, x: feet.x, y: feet.y, style: look("ui.text.faint"), maxWidth: feet.width,
      ellipsis: look.glyphs.ellipsis)
  }
}
