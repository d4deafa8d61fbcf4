import Testing

@testable import Canvas

@Suite("Rectangles")
struct RectTests {
  private let rect = Rect(x: 2, y: 3, width: 10, height: 6)

  @Test("splits share the rectangle out")
  func splits() {
    #expect(rect.split(rows: 2).top == Rect(x: 2, y: 3, width: 10, height: 2))
    #expect(rect.split(rows: 2).bottom == Rect(x: 2, y: 5, width: 10, height: 4))
    #expect(rect.split(bottomRows: 1).bottom == Rect(x: 2, y: 8, width: 10, height: 1))
    #expect(rect.split(columns: 99).right.isEmpty)
    #expect(rect.split(columns: -1).left.isEmpty)
    #expect(rect.split(rightColumns: 3).right == Rect(x: 9, y: 3, width: 3, height: 6))
    #expect(rect.row(5) == Rect(x: 2, y: 8, width: 10, height: 1))
    #expect(rect.row(6).isEmpty && rect.row(-1).isEmpty)
  }

  @Test("insets, centres and intersections never become negative")
  func clamped() {
    #expect(rect.inset() == Rect(x: 3, y: 4, width: 8, height: 4))
    #expect(Rect(x: 0, y: 0, width: 1, height: 1).inset(horizontal: 5, vertical: 5).isEmpty)
    #expect(rect.centered(width: 4, height: 2) == Rect(x: 5, y: 5, width: 4, height: 2))
    #expect(rect.centered(width: 40, height: 20) == rect)
    #expect(rect.intersection(Rect(x: 50, y: 50, width: 1, height: 1)).isEmpty)
    #expect(Rect(x: .max, y: .min, width: .max, height: -1).right == 2_000_000)
    #expect(rect.contains(x: 11, y: 8) && !rect.contains(x: 12, y: 8) && !rect.contains(x: 11, y: 9))
  }
}
