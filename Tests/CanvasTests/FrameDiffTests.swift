import Testing
import Vocabulary

@testable import Canvas

@Suite("What must be painted")
struct FrameDiffTests {
  @Test("equal frames need nothing")
  func equal() {
    var frame = Frame(width: 8, height: 2)
    frame.put("가 text", x: 0, y: 0)
    #expect(FrameDiff.runs(from: frame, to: frame).isEmpty)
  }

  @Test("changed cells side by side are one run a style")
  func runs() {
    let old = Frame(width: 8, height: 2)
    var new = old
    new.put("ab", x: 1, y: 0)
    new.put("c", x: 3, y: 0, style: Style(modifiers: .bold))
    new.put("d", x: 7, y: 1)
    let runs = FrameDiff.runs(from: old, to: new)
    #expect(runs.map(\.text) == ["ab", "c", "d"])
    #expect(runs.map(\.x) == [1, 3, 7])
    #expect(runs.map(\.y) == [0, 0, 1])
    #expect(runs.map(\.columns) == [2, 1, 1])
  }

  @Test("another size or no old frame repaints everything")
  func everything() {
    let new = Frame(width: 3, height: 2)
    #expect(FrameDiff.runs(from: nil, to: new).map(\.text) == ["   ", "   "])
    #expect(FrameDiff.runs(from: Frame(width: 2, height: 2), to: new).count == 2)
  }

  @Test("random frames: the runs turn the old one into the new one and never split a wide character")
  func apply() {
    var random = SplitMix(seed: 31)
    for _ in 0..<500 {
      var frames: [Frame] = []
      for _ in 0..<2 {
        var frame = Frame(width: 9, height: 2)
        for _ in 0..<4 {
          let text = ["가", "나다", "xy", "z", "e\u{301}"][random.below(5)]
          let style = Style(foreground: .ansi(UInt8(random.below(2))))
          frame.put(text, x: random.below(9), y: random.below(2), style: style)
        }
        frames.append(frame)
      }
      var painted = frames[0]
      for run in FrameDiff.runs(from: frames[0], to: frames[1]) {
        #expect(TextWidth.columns(run.text) == run.columns)
        painted.fill(Rect(x: run.x, y: run.y, width: run.columns, height: 1), style: .plain)
        painted.put(run.text, x: run.x, y: run.y, style: run.style)
      }
      #expect(painted == frames[1])
    }
  }
}
