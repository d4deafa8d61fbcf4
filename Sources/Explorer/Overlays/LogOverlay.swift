import Canvas

/// What was said, the latest first, with the time and the moment of the run at which it was.
struct LogOverlay: ListOverlay {
  var list = PickList()

  private func entries(_ state: ExplorerState) -> [Log.Entry] { state.log.entries(matching: list.query.text) }

  func count(in state: ExplorerState) -> Int { entries(state).count }

  /// Looks at the moment of the chosen entry, where that is one of the run on the screen.
  func confirm(in state: inout ExplorerState) -> [Effect] {
    guard let entry = list.chosen(of: entries(state)) else { return [] }
    guard let moment = entry.moment, let run = state.run, run.id == entry.run else {
      state.message = .failure("that was not in the run on the screen")
      return []
    }
    return state.look(at: max(moment, run.timeline.start))
  }

  func sentences(matching query: String, in state: ExplorerState) -> [String] {
    state.log.entries(matching: query).prefix(20).map { entry in
      let place = [entry.time.map { "\($0)" }, entry.moment.map { "moment \($0)" }].compactMap { $0 }
      return (place.isEmpty ? "" : place.joined(separator: ", ") + ": ") + "\(entry.message.text)."
    }
  }

  func draw(_ state: ExplorerState, _ look: Look, on frame: inout Frame) {
    let entries = entries(state)
    let inside = frame.popup(
      title: "Log", width: 110, height: min(frame.height - 2, max(10, entries.count + 7)), look: look)
    let (area, feet) = inside.split(bottomRows: min(4, inside.height / 3))
    let isWide = inside.width >= 90
    let rows = entries.map { PickList.Row(spans: row($0, isWide: isWide, look)) }
    list.draw(rows, in: area, look, on: &frame)
    guard !entries.isEmpty else { return }
    let chosen = entries[min(list.cursor, entries.count - 1)]
    let words = OptionText.line(chosen.message.text, glyphs: look.glyphs)
    frame.lines(
      wrap([Span(words, style(chosen, look))], width: feet.width), in: feet.split(rows: 1).bottom)
  }

  private func row(_ entry: Log.Entry, isWide: Bool, _ look: Look) -> [Span] {
    let time = entry.time?.description ?? ""
    let moment = entry.moment.map { "moment \($0)" } ?? ""
    let simulations = entry.simulations.map { "sims \($0)" } ?? ""
    let place = TextWidth.padded(moment, to: 15) + (isWide ? TextWidth.padded(simulations, to: 11) : "")
    let sign = entry.message.kind == .failure ? look.glyphs.failed : " "
    return [
      Span(TextWidth.padded(time, to: 10) + place, look("ui.text.faint")),
      Span("\(sign) \(OptionText.line(entry.message.text, glyphs: look.glyphs))", style(entry, look)),
    ]
  }

  private func style(_ entry: Log.Entry, _ look: Look) -> Style {
    look(entry.message.kind == .failure ? "ui.error" : "ui.text")
  }
}
