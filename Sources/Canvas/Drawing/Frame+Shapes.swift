extension Frame {
  /// Overwrites a rectangle with a character (one column wide; anything else becomes a space) in exactly this style.
  public mutating func fill(_ rect: Rect, style: Style, character: Character = " ") {
    let area = rect.intersection(bounds)
    guard !area.isEmpty else { return }
    var iterator = Clusters(String(character)).makeIterator()
    let first = iterator.next()
    let text = first?.columns == 1 && iterator.next() == nil ? first?.text ?? " " : " "
    let cell = Cell(text: text, style: style, width: 1)
    for y in area.y..<area.bottom {
      clearHalves(from: area.x, to: area.right, y: y)
      for x in area.x..<area.right { cells[y * width + x] = cell }
    }
  }

  /// Gives every cell of a rectangle exactly this style and keeps the text: a selected row of one colour.
  public mutating func restyle(_ rect: Rect, style: Style) {
    changeStyle(rect) { _ in style }
  }

  /// Lays a style over the cells of a rectangle and keeps the text and the colours that the style leaves open.
  public mutating func overlay(_ rect: Rect, style: Style) {
    changeStyle(rect) { style.over($0) }
  }

  /// Marks a row that is drawn already as the selected one. A theme that selects by reversing gets one even bar, since
  /// reversed colours of every part would look torn; with a background the parts keep their own text colours.
  public mutating func highlight(_ rect: Rect, style: Style) {
    if style.modifiers.contains(.reverse) {
      restyle(rect, style: style)
    } else {
      changeStyle(rect) { below in
        Style(
          foreground: below.foreground,
          background: style.background == .default ? below.background : style.background,
          modifiers: below.modifiers.union(style.modifiers))
      }
    }
  }

  private mutating func changeStyle(_ rect: Rect, _ change: (Style) -> Style) {
    let area = rect.intersection(bounds)
    guard !area.isEmpty else { return }
    for y in area.y..<area.bottom {
      for x in area.x..<area.right { cells[y * width + x].style = change(cells[y * width + x].style) }
    }
  }

  /// A line of `length` cells to the right.
  public mutating func horizontalLine(x: Int, y: Int, length: Int, glyphs: GlyphSet, style: Style = .plain) {
    let line = Rect(x: x, y: y, width: length, height: 1).intersection(bounds)
    guard !line.isEmpty else { return }
    for column in line.x..<line.right { put(glyphs.horizontal, x: column, y: y, style: style) }
  }

  /// A line of `length` cells downwards.
  public mutating func verticalLine(x: Int, y: Int, length: Int, glyphs: GlyphSet, style: Style = .plain) {
    let line = Rect(x: x, y: y, width: 1, height: length).intersection(bounds)
    guard !line.isEmpty else { return }
    for row in line.y..<line.bottom { put(glyphs.vertical, x: x, y: row, style: style) }
  }

  /// A frame around `rect` with a title in its upper edge; the inside is left as it is.
  /// - Returns: The inside.
  @discardableResult
  public mutating func box(
    _ rect: Rect, title: String = "", glyphs: GlyphSet, style: Style = .plain, titleStyle: Style? = nil
  ) -> Rect {
    guard rect.width >= 2, rect.height >= 2 else { return rect.inset() }
    let (right, bottom) = (rect.right - 1, rect.bottom - 1)
    for y in [rect.y, bottom] {
      horizontalLine(x: rect.x + 1, y: y, length: rect.width - 2, glyphs: glyphs, style: style)
    }
    for x in [rect.x, right] {
      verticalLine(x: x, y: rect.y + 1, length: rect.height - 2, glyphs: glyphs, style: style)
    }
    put(glyphs.topLeft, x: rect.x, y: rect.y, style: style)
    put(glyphs.topRight, x: right, y: rect.y, style: style)
    put(glyphs.bottomLeft, x: rect.x, y: bottom, style: style)
    put(glyphs.bottomRight, x: right, y: bottom, style: style)
    if !title.isEmpty, rect.width >= 6 {
      putTruncated(
        " \(title) ", x: rect.x + 2, y: rect.y, style: titleStyle ?? style, maxWidth: rect.width - 4,
        ellipsis: glyphs.ellipsis)
    }
    return rect.inset()
  }

  /// Copies another frame into this one with its top left corner at a place, its cursor too if it has one.
  public mutating func draw(_ other: Frame, x: Int, y: Int) {
    let area = Rect(x: x, y: y, width: other.width, height: other.height).intersection(bounds)
    guard !area.isEmpty else { return }
    for row in area.y..<area.bottom {
      clearHalves(from: area.x, to: area.right, y: row)
      for column in area.x..<area.right {
        var cell = other.cells[(row - y) * other.width + column - x]
        let cutLeft = column == area.x && cell.isContinuation
        let cutRight = column == area.right - 1 && cell.width == 2
        if cutLeft || cutRight { cell = .blank(cell.style) }
        cells[row * width + column] = cell
      }
    }
    if let place = other.cursor { cursor = Cursor(x: place.x.clampedSum(x), y: place.y.clampedSum(y)) }
  }
}
