import Canvas

/// What a terminal shows after some output: as much of ECMA-48 and xterm as curses uses for the type xterm-256color.
package struct ScreenModel {
  private var cells: [[(text: String, style: Style)]]
  private var (x, y) = (0, 0)
  private var saved = (0, 0)
  private var style = Style.plain
  private var scroll: (top: Int, bottom: Int)
  private var parser = ControlParser()
  private let (width, height): (Int, Int)

  package init(columns: Int, rows: Int) {
    (width, height) = (columns, rows)
    cells = Array(repeating: Array(repeating: (" ", .plain), count: columns), count: rows)
    scroll = (0, rows - 1)
  }

  /// Takes output; control sequences may be cut anywhere.
  package mutating func feed(_ text: String) {
    for item in parser.items(text) {
      switch item {
      case .text(let character): put(character)
      case .control(let byte): control(byte)
      case .sequence(let parameters, let isPrivate, let final):
        if !isPrivate { sequence(parameters, final) }
      case .escape(let letter): escape(letter)
      }
    }
  }

  /// The screen as text.
  package var lines: [String] {
    cells.map { row in
      let line = row.map(\.text).joined()
      return String(line[..<(line.lastIndex { $0 != " " }.map { line.index(after: $0) } ?? line.startIndex)])
    }
  }

  /// The screen as cells.
  package var picture: Frame {
    var frame = Frame(width: width, height: height)
    for (y, row) in cells.enumerated() {
      for (x, cell) in row.enumerated() where !cell.text.isEmpty { frame.put(cell.text, x: x, y: y, style: cell.style) }
    }
    return frame
  }

  /// Of the rows that have one of `marks`, the mark of the one that lies on a ground of its own, as a selected row does; nil where
  /// there is none.
  package func lone(_ marks: String) -> String? {
    let rows = cells.compactMap { row in
      row.first { !$0.text.isEmpty && marks.contains($0.text) }.map { cell in
        (mark: cell.text, ground: Style(background: cell.style.background, modifiers: cell.style.modifiers))
      }
    }
    return rows.first { row in rows.count { $0.ground == row.ground } == 1 }?.mark
  }

  private mutating func put(_ character: Character) {
    let columns = TextWidth.columns(character)
    if columns == 0, x > 0 {
      cells[y][x - 1].text.append(character)
      return
    }
    if x + columns > width {
      x = 0
      lineFeed()
    }
    guard x + columns <= width else { return }
    cells[y][x] = (String(character), style)
    // The second half of a wide character holds nothing of its own.
    if columns == 2 { cells[y][x + 1] = ("", style) }
    x += columns
  }

  private mutating func control(_ byte: UInt8) {
    switch byte {
    case 8: x = max(0, x - 1)
    case 9: x = min(width - 1, (x / 8 + 1) * 8)
    case 10, 11, 12: lineFeed()
    case 13: x = 0
    default: break
    }
  }

  private mutating func lineFeed() { if y == scroll.bottom { scrollUp(1) } else { y = min(y + 1, height - 1) } }

  private mutating func escape(_ letter: Character) {
    switch letter {
    case "7": saved = (x, y)
    case "8": (x, y) = saved
    case "M": if y == scroll.top { scrollDown(1) } else { y = max(0, y - 1) }
    case "D": lineFeed()
    default: break
    }
  }

  private mutating func sequence(_ parameters: [Int], _ final: Character) {
    func number(_ index: Int = 0, or fallback: Int = 1) -> Int {
      parameters.indices.contains(index) && parameters[index] > 0 ? parameters[index] : fallback
    }
    switch final {
    case "A": y = max(0, y - number())
    case "B", "e": y = min(height - 1, y + number())
    case "C", "a": x = min(width - 1, x + number())
    case "D": x = max(0, x - number())
    case "G", "`": x = min(width, number()) - 1
    case "d": y = min(height, number()) - 1
    case "H", "f": (y, x) = (min(height, number()) - 1, min(width, number(1)) - 1)
    case "J": eraseScreen(parameters.first ?? 0)
    case "K": eraseLine(parameters.first ?? 0)
    case "X": erase(y, x..<min(width, x + number()))
    case "L": insertLines(number())
    case "M": deleteLines(number())
    case "S": scrollUp(number())
    case "T": scrollDown(number())
    case "@": shift(number())
    case "P": shift(-number())
    case "b": repeatLast(number())
    case "r": setScroll(number() - 1, min(height, number(1, or: height)) - 1)
    case "m": style = SelectGraphic.applied(parameters, to: style)
    case "s": saved = (x, y)
    case "u": (x, y) = saved
    default: break
    }
  }

  /// As xterm has it: a region of less than two rows is none.
  private mutating func setScroll(_ top: Int, _ bottom: Int) { if top < bottom { scroll = (top, bottom) } }

  private mutating func erase(_ row: Int, _ columns: Range<Int>) {
    for column in columns { cells[row][column] = (" ", Style(background: style.background)) }
  }

  private mutating func eraseLine(_ kind: Int) {
    erase(y, kind == 0 ? min(x, width)..<width : kind == 1 ? 0..<min(x + 1, width) : 0..<width)
  }

  private mutating func eraseScreen(_ kind: Int) {
    if kind < 2 { eraseLine(kind) }
    let rows = kind == 0 ? y + 1..<max(height, y + 1) : kind == 1 ? 0..<y : 0..<height
    for row in rows { erase(row, 0..<width) }
  }

  private mutating func scrollUp(_ count: Int) { move(scroll.top, by: count, isUp: true) }
  private mutating func scrollDown(_ count: Int) { move(scroll.top, by: count, isUp: false) }
  private mutating func insertLines(_ count: Int) { move(y, by: count, isUp: false) }
  private mutating func deleteLines(_ count: Int) { move(y, by: count, isUp: true) }

  /// Moves the rows from `top` to the end of the scrolled region.
  private mutating func move(_ top: Int, by count: Int, isUp: Bool) {
    guard (scroll.top...scroll.bottom).contains(top) else { return }
    for _ in 0..<min(count, scroll.bottom - top + 1) {
      cells.remove(at: isUp ? top : scroll.bottom)
      let blank = (text: " ", style: Style(background: style.background))
      cells.insert(Array(repeating: blank, count: width), at: isUp ? scroll.bottom : top)
    }
  }

  /// Makes room at the cursor, or (negative) closes it.
  private mutating func shift(_ count: Int) {
    guard x < width else { return }
    let blank = (text: " ", style: Style(background: style.background))
    for _ in 0..<min(abs(count), width - x) {
      if count > 0 {
        cells[y].insert(blank, at: x)
        cells[y].removeLast()
      } else {
        cells[y].remove(at: x)
        cells[y].append(blank)
      }
    }
  }

  private mutating func repeatLast(_ count: Int) {
    guard x > 0, let last = cells[y][x - 1].text.last else { return }
    for _ in 0..<min(count, width) { put(last) }
  }
}
