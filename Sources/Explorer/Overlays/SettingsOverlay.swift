import Canvas
import TreeInsight
import TreeSearch

/// Every engine parameter: value, default, and what the chosen one means; Enter asks for another value.
struct SettingsOverlay: ListOverlay {
  var list = PickList()

  /// A parameter and its value.
  struct Row {
    let parameter: Parameter
    let value: ParameterValue
    /// True where the value is not the default.
    var isChanged: Bool { value != parameter.fallback }
    /// The first word of the id.
    var group: Substring { parameter.id.prefix { $0 != "." } }
  }

  /// The parameters whose id, help or citation holds every word of `query` (`changed` finds those that differ): those of a
  /// group together, groups and rows in order of declaration.
  static func rows(_ parameters: SearchParameters, matching query: String = "") -> [Row] {
    let words = query.lowercased().split(separator: " ")
    let found = parameters.all.map { Row(parameter: $0.parameter, value: $0.value) }.filter { row in
      let text = "\(row.parameter.id) \(row.parameter.help) \(row.parameter.citation)".lowercased()
      return words.allSatisfy { $0 == "changed" && row.isChanged || text.contains($0) }
    }
    var groups: [Substring] = []
    for row in found where !groups.contains(row.group) { groups.append(row.group) }
    return groups.flatMap { group in found.filter { $0.group == group } }
  }

  /// The parameters in force at the moment shown, narrowed by what is typed.
  private func rows(_ state: ExplorerState) -> [Row] {
    state.run.map { Self.rows($0.tree.parameters, matching: list.query.text) } ?? []
  }

  func count(in state: ExplorerState) -> Int { rows(state).count }

  /// Asks for another value of the parameter under the cursor; in the past, says why that cannot be.
  func confirm(in state: inout ExplorerState) -> [Effect] {
    state.overlay = self
    guard let row = list.chosen(of: rows(state)) else { return [] }
    if let reason = state.reasonOfThePast {
      state.message = .failure(reason)
      return []
    }
    return state.ask(.setting(row.parameter, in: self), row.value.description)
  }

  func sentences(matching query: String, in state: ExplorerState) -> [String] {
    rows(state).map { "\($0.parameter.id): \($0.value)\($0.isChanged ? ", not the default" : "")" }
  }

  func draw(_ state: ExplorerState, _ look: Look, on frame: inout Frame) {
    let settings = rows(state)
    let moment = state.run?.pastMoment.map { ", moment \($0)" } ?? ""
    let inside = frame.popup(
      title: "Settings: value, default, range\(moment)", width: 84, height: min(frame.height - 2, 34), look: look)
    let detailRows = inside.height >= 12 ? 5 : min(2, inside.height / 3)
    let (area, feet) = inside.split(bottomRows: detailRows)
    var rows: [PickList.Row] = []
    var group: Substring?
    for setting in settings {
      if setting.group != group {
        rows.append(PickList.Row(spans: [Span(String(setting.group), look("ui.popup.title"))], isHeading: true))
      }
      group = setting.group
      rows.append(PickList.Row(spans: row(setting, look)))
    }
    list.draw(rows, in: area, look, on: &frame)
    guard !settings.isEmpty, !feet.isEmpty else { return }
    let chosen = settings[min(list.cursor, settings.count - 1)].parameter
    let words = [
      Span("\(chosen.help) ", look("ui.help")), Span("Expects \(chosen.range). ", look("ui.text")),
      Span(chosen.citation == "–" ? "" : "Source: \(chosen.citation).", look("ui.text.faint")),
    ]
    frame.lines(wrap(words, width: feet.width), in: feet.split(rows: 1).bottom)
  }

  /// Columns for the longest id that there is.
  private static let idWidth = SearchParameters().all.map { TextWidth.columns($0.parameter.id) }.max() ?? 0

  private func row(_ setting: Row, _ look: Look) -> [Span] {
    func column(_ text: String, _ width: Int) -> String {
      TextWidth.padded(OptionText.line(text, glyphs: look.glyphs), to: width, ellipsis: look.glyphs.ellipsis)
    }
    let value = setting.value.description
    return [
      Span(setting.isChanged ? "* " : "  ", look("ui.key")),
      Span(column(setting.parameter.id, Self.idWidth), look("ui.text")), Span(" "),
      Span(column(value, 12) + " ", look(setting.isChanged ? "node.value" : "ui.text")),
      Span(column("\(setting.parameter.fallback)", 12) + " " + range(setting.parameter), look("ui.text.faint")),
    ]
  }

  /// The domain in few columns.
  private func range(_ parameter: Parameter) -> String {
    switch parameter.domain {
    case .integer(let range): "\(range.lowerBound) to \(range.upperBound)"
    case .number(let range): "\(ParameterValue.number(range.lowerBound)) to \(ParameterValue.number(range.upperBound))"
    case .flag: "true or false"
    case .word(let words): words.joined(separator: " ")
    case .text: "a text"
    case .calibration: "none, or what dataset critics --calibrate writes"
    }
  }
}
