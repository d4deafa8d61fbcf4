import Canvas

extension RoundsScreen {
  /// What is selected, in lines of words for the line mode: no columns, no signs.
  var sentences: [String] {
    let look = Look(theme: .monochrome, glyphs: .ascii)
    func words(_ lines: [[Span]]) -> [String] {
      lines.map { line in line.map(\.text).joined().split(separator: " ").joined(separator: " ") }
        .filter { !$0.isEmpty }
    }
    // Wide enough that no line is broken.
    let width = 100
    guard let page else {
      guard let round = selected else { return [isKnown ? "No round has been begun yet." : "Rounds are being read."] }
      return ["Round \(cursor + 1) of \(list.shown.count), \(round.id)."]
        + words(RoundDetails(look: look, width: width).lines(of: round, stage))
    }
    guard page.hasList, let item = page.list.selected else {
      return words(RoundsView.detailLines(self, width: width, hasCurve: true, look))
    }
    return ["Row \(page.list.cursor + 1) of \(page.list.shown.count), \(ItemDetails.title(item))."]
      + words(ItemDetails(look: look, width: width).lines(of: item))
  }
}

extension RoundEntry {
  /// Where it stands, in a sentence for the line mode.
  public var sentence: String { "Round \(id): \(standing.words)\(reason.map { ", \($0)" } ?? "")." }
}
