import Canvas
import Testing
import TreeSearch

@testable import Explorer

@Suite("The lines of the tree")
struct TreeRailsTests {
  /// A chain with a sibling at every level: node 2k + 1 goes on, node 2k + 2 does not.
  private func comb(levels: Int) throws -> SearchTree {
    try GrownTree.make(count: 2 * levels + 1) { max(0, ($0 - 1) / 2 * 2 - 1) }
  }

  @Test(
    "A child stands right of its parent, and siblings below each other, at any depth", arguments: [0, 9, 20, 39, 60])
  func aligned(room: Int) throws {
    let tree = try comb(levels: 30)
    #expect(tree[NodeID(59)].depth == 30)
    for glyphs in [GlyphSet.unicode, .ascii] {
      for deepest in [1, 3, 4, 7, 13, 20, 30] {
        let rails = TreeRails(deepest: deepest, room: room, glyphs: glyphs)
        var before = 0
        for depth in 1...deepest {
          let (on, end) = (NodeID(2 * depth - 1), NodeID(2 * depth))
          let lines = [
            rails.text(on, in: tree, continued: [on]), rails.text(end, in: tree, continued: [NodeID(1), NodeID(3)]),
          ]
          for line in lines {
            #expect(TextWidth.columns(line) == rails.width(atDepth: depth), "depth \(depth) of \(deepest)")
          }
          if depth > max(1, rails.hidden) { #expect(rails.width(atDepth: depth) == before + rails.step) }
          before = rails.width(atDepth: depth)
        }
        #expect(before <= max(2, room))
      }
    }
  }

  @Test("Levels become narrower before they are left out")
  func narrower() {
    func rails(_ deepest: Int) -> TreeRails { TreeRails(deepest: deepest, room: 12, glyphs: .unicode) }
    #expect([4, 5, 6, 7, 12].map { rails($0).step } == [3, 2, 2, 1, 1])
    #expect([4, 12, 13, 20].map { rails($0).hidden } == [0, 0, 2, 9])
  }

  @Test("On the screen of a deep tree no row is shifted")
  func screen() throws {
    let tree = try comb(levels: 24)
    var state = ExplorerState(size: Size(columns: 80, rows: 60))
    _ = state.reduce(.opened(OpenRun(id: "deep", tree: tree)))
    for key in [Key.character("z"), .character("O"), .character("G")] { _ = state.reduce(.key(key)) }
    let frame = state.view(size: state.size, theme: .monochrome, glyphs: .unicode)
    let rows = FrameText.lines(frame).filter { $0.contains(#/step \d/#) }
    // Where the text of each row begins says its level; the comb has two rows a level, one level apart.
    let starts = rows.compactMap { row in
      row.range(of: "step ").map { row.distance(from: row.startIndex, to: $0.lowerBound) }
    }
    #expect(starts.count == 48)
    for (a, b) in zip(starts, starts.dropFirst()) { #expect(abs(a - b) <= 3, "\(a) beside \(b)") }
    #expect(Set(zip(starts, starts.dropFirst()).map { abs($0 - $1) }).count <= 2, "one width a level")
  }
}
