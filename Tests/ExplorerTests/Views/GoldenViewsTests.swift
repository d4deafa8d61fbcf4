import Canvas
import Foundation
import Testing
import TreeInsight
import TreeSearch

@testable import Explorer

@Suite("Every view, at every size")
struct GoldenViewsTests {
  @Test("In Unicode without colours", arguments: ["200x50", "120x36", "80x24", "60x16", "40x10"])
  func text(name: String) throws {
    let size = try #require(ScreenTests.sizes.first { $0.name == name }).size
    let views = GoldenViews.frames(size, theme: .monochrome, glyphs: .unicode)
    for view in views { #expect(FrameCheck.problem(view.frame, size) == nil, "\(view.name)") }
    try Golden.check(
      GoldenViews.document(views.map { ($0.name, FrameText.lines($0.frame)) }), "views-\(name)", #_sourceLocation)
  }

  @Test("In ASCII without colours")
  func ascii() throws {
    let size = Size(columns: 80, rows: 24)
    let views = GoldenViews.frames(size, theme: .monochrome, glyphs: .ascii).map {
      (name: $0.name, rows: FrameText.lines($0.frame))
    }
    for view in views { #expect(view.rows.allSatisfy { $0.allSatisfy(\.isASCII) }, "\(view.name)") }
    try Golden.check(GoldenViews.document(views), "views-80x24-ascii", #_sourceLocation)
  }

  @Test("The colours of a dark and of a light theme", arguments: ["dusk", "paper"])
  func colours(theme: String) throws {
    let frames = GoldenViews.frames(
      Size(columns: 80, rows: 24), theme: try GoldenViews.theme(theme), glyphs: .unicode)
    try Golden.check(GoldenViews.colours(frames), "colours-80x24-\(theme)", #_sourceLocation)
  }
}
