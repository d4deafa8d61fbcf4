import Canvas

/// Where the parts of the rounds screen lie, for a size and for what is on it; the reducer asks it too.
struct RoundsLayout: Hashable {
  /// What stands above the list of a stage: the stages, and what was counted. Empty in the list of rounds.
  private(set) var head = Rect(x: 0, y: 0, width: 0, height: 0)
  /// The list with its title; empty where only the details are seen, or where there is no list.
  private(set) var list = Rect(x: 0, y: 0, width: 0, height: 0)
  /// The details with their title; empty where there is no room.
  private(set) var detail = Rect(x: 0, y: 0, width: 0, height: 0)
  /// A curve with its title; empty where there is no room or no curve.
  private(set) var curve = Rect(x: 0, y: 0, width: 0, height: 0)
  /// The line between list and details that stand side by side.
  private(set) var divider = Rect(x: 0, y: 0, width: 0, height: 0)
  /// True where list and details share one place.
  private(set) var isShared = false

  /// The layout of a screen within `body`; `headLines` are those that the page has to say above its list.
  init(_ screen: RoundsScreen, in body: Rect, headLines: Int) {
    guard let page = screen.page else {
      layOutRounds(screen, in: body)
      return
    }
    let most = body.height >= 30 ? 7 : body.height >= 18 ? 4 : body.height >= 10 ? 3 : 2
    let rest: Rect
    (head, rest) = body.split(rows: min(1 + headLines, most))
    guard page.hasList else {
      if page.stage == .train { curve = rest } else { detail = rest }
      return
    }
    if rest.width >= 110 {
      let (left, right) = rest.split(columns: rest.width * 3 / 5)
      list = left
      (divider, detail) = right.split(columns: 1)
    } else if rest.height >= 12 {
      (list, detail) = rest.split(bottomRows: rest.height * 11 / 20)
    } else {
      share(rest, screen)
    }
  }

  private mutating func layOutRounds(_ screen: RoundsScreen, in body: Rect) {
    guard body.height >= 12, body.width >= 60 else { return share(body, screen) }
    let rows = min(max(4, screen.entries.count + 1), max(5, body.height * 2 / 5))
    let rest: Rect
    (list, rest) = body.split(rows: rows)
    if rest.width >= 100, rest.height >= 7 {
      let (left, right) = rest.split(rightColumns: min(64, rest.width * 2 / 5))
      detail = left
      (divider, curve) = right.split(columns: 1)
    } else if rest.height >= 20 {
      (detail, curve) = rest.split(bottomRows: 9)
    } else {
      detail = rest
    }
  }

  private mutating func share(_ place: Rect, _ screen: RoundsScreen) {
    isShared = true
    if screen.scrollsDetail { detail = place } else { list = place }
  }

  /// Rows of the list below its title.
  var listRows: Int { max(1, list.height - 1) }
  /// Half of the rows of what the keyboard moves in.
  var halfPage: Int { max(1, (list.isEmpty ? max(detail.height, curve.height) - 1 : list.height - 1) / 2) }
}
