import Canvas

/// What a terminal below the least size shows.
enum SmallNotice {
  static func draw(_ size: Size, _ look: Look, on frame: inout Frame) {
    let text = "Too small: \(size.columns)x\(size.rows), needs \(Size.least.columns)x\(Size.least.rows). q quits."
    let lines = wrap(text, width: max(1, size.columns))
    let top = max(0, (size.rows - lines.count) / 2)
    for (index, line) in lines.enumerated() {
      frame.put(line, x: (size.columns - TextWidth.columns(line)) / 2, y: top + index, style: look("ui.notice"))
    }
  }
}
