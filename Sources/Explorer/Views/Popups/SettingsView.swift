import Canvas
import TreeInsight
import TreeSearch

/// Every engine parameter: value, default, and what the chosen one means.
enum SettingsView {
  static func draw(_ list: PickList, _ state: ExplorerState, _ look: Look, on frame: inout Frame) {
    let settings = state.settings(list)
    let moment = state.run?.pastMoment.map { ", moment \($0)" } ?? ""
    let inside = frame.popup(
      title: "Settings: value, default, range\(moment)", width: 84, height: min(frame.height - 2, 34), look: look)
    let detailRows = inside.height >= 12 ? 5 : min(2, inside.height / 3)
    let (area, feet) = inside.split(bottomRows: detailRows)
    var rows: [ListView.Row] = []
    var group: Substring?
    for setting in settings {
      if setting.group != group {
        rows.append(ListView.Row(spans: [Span(String(setting.group), look("ui.popup.title"))], isHeading: true))
      }
      group = setting.group
      rows.append(ListView.Row(spans: row(setting, look)))
    }
    ListView.draw(rows, list, in: area, look, on: &frame)
    guard !settings.isEmpty, !feet.isEmpty else { return }
    let chosen = settings[min(list.cursor, settings.count - 1)].parameter
    let words = [
      Span("\(chosen.help) ", look("ui.help")), Span("Expects \(chosen.range). ", look("ui.text")),
      Span(chosen.citation == "–" ? "" : "Source: \(chosen.citation).", look("ui.text.faint")),
    ]
    frame.lines(wrap(words, width: feet.width), in: feet.split(rows: 1).bottom)
  }

  private static func row(_ setting: SettingList.Row, _ look: Look) -> [Span] {
    func column(_ text: String, _ width: Int) -> String {
      TextWidth.padded(OptionText.line(text, glyphs: look.glyphs), to: width, ellipsis: look.glyphs.ellipsis)
    }
    let value = setting.value.description
    return [
      Span(setting.isChanged ? "* " : "  ", look("ui.key")), Span(column(setting.parameter.id, 29), look("ui.text")),
      Span(column(value, 13), look(setting.isChanged ? "node.value" : "ui.text")),
      Span(column("\(setting.parameter.fallback)", 13) + range(setting.parameter), look("ui.text.faint")),
    ]
  }

  /// The domain in few columns.
  private static func range(_ parameter: Parameter) -> String {
    switch parameter.domain {
    case .integer(let range): "\(range.lowerBound) to \(range.upperBound)"
    case .number(let range): "\(ParameterValue.number(range.lowerBound)) to \(ParameterValue.number(range.upperBound))"
    case .flag: "true or false"
    case .word(let words): words.joined(separator: " ")
    case .text: "a text"
    }
  }
}
