import Canvas
import Testing

@testable import Terminal

@Suite("Colours for each depth")
struct QuantizerTests {
  @Test(
    "RGB becomes the nearest colour there is",
    arguments: [
      // color, direct, 256 (cube 16 + 36r + 6g + b, grays from 232), 16, 8
      (Color.rgb(255, 0, 0), Int32(0xFF0000), Int32(196), Int32(9), Int32(1)),
      (.rgb(0, 0, 0), 8, 16, 0, 0), (.rgb(255, 255, 255), 0xFFFFFF, 231, 15, 7),
      (.rgb(95, 135, 175), 0x5F87AF, 67, 8, 6), (.rgb(128, 128, 128), 0x808080, 244, 8, 7),
      (.rgb(8, 8, 8), 0x080808, 232, 0, 0), (.rgb(0, 0, 3), 8, 16, 0, 0),
      (.rgb(0, 205, 0), 0x00CD00, 40, 2, 2),
    ])
  func rgb(color: Color, direct: Int32, palette: Int32, sixteen: Int32, eight: Int32) {
    #expect(Quantizer(depth: .direct).number(color) == direct)
    #expect(Quantizer(depth: .palette256).number(color) == palette)
    #expect(Quantizer(depth: .sixteen).number(color) == sixteen)
    #expect(Quantizer(depth: .eight).number(color) == eight)
    #expect(Quantizer(depth: .mono).number(color) == -1)
  }

  @Test("every colour of the cube and of the gray ramp is its own nearest")
  func fixedPoints() {
    let levels: [UInt8] = [0, 95, 135, 175, 215, 255]
    let quantizer = Quantizer(depth: .palette256)
    for red in 0..<6 {
      for green in 0..<6 {
        for blue in 0..<6 {
          let color = Color.rgb(levels[red], levels[green], levels[blue])
          #expect(quantizer.number(color) == Int32(16 + 36 * red + 6 * green + blue))
        }
      }
    }
    for gray in 0..<24 {
      let level = UInt8(8 + 10 * gray)
      #expect(quantizer.number(.rgb(level, level, level)) == Int32(232 + gray))
    }
  }

  @Test("the terminal's own colours keep their numbers where they exist")
  func ansi() {
    #expect(Quantizer(depth: .palette256).number(.ansi(9)) == 9)
    #expect(Quantizer(depth: .sixteen).number(.ansi(9)) == 9)
    #expect(Quantizer(depth: .direct).number(.ansi(1)) == 1)
    #expect(Quantizer(depth: .direct).number(.ansi(9)) == 0xFF0000)
    #expect(Quantizer(depth: .mono).number(.ansi(9)) == -1)
    let eight = Quantizer(depth: .eight).look(Style(foreground: .ansi(9)))
    #expect(eight == Quantizer.Look(foreground: 1, background: -1, modifiers: .bold))
    #expect(Quantizer(depth: .direct).number(.default) == -1)
  }

  @Test("colours that differ in the theme never become one, so text stays readable")
  func readable() {
    let onDark = Style(foreground: .rgb(20, 20, 20), background: .rgb(0, 0, 0))
    #expect(Quantizer(depth: .eight).look(onDark).foreground == 7)
    let onLight = Style(foreground: .rgb(230, 230, 230), background: .rgb(255, 255, 255))
    #expect(Quantizer(depth: .eight).look(onLight).foreground == 0)
    let hidden = Style(foreground: .ansi(4), background: .ansi(4))
    #expect(Quantizer(depth: .eight).look(hidden).foreground == 4)
    #expect(Quantizer(depth: .mono).look(onDark) == Quantizer.Look(foreground: -1, background: -1, modifiers: []))
  }

  @Test("depth from the number of colours that terminal descriptions give")
  func depth() {
    let depths = [-1, 0, 2, 8, 15, 16, 88, 256, 65_536, 16_777_216].map { ColorDepth(colors: $0) }
    #expect(
      depths == [
        .mono, .mono, .mono, .eight, .eight, .sixteen, .sixteen, .palette256, .direct, .direct,
      ])
  }
}

@Suite("Colour pairs")
struct PairCacheTests {
  @Test("each pair is defined once, and the terminal's own colours need none")
  func numbering() {
    let defined = Counter()
    var cache = PairCache(limit: 64, hasDefaults: true) { _, _, _ in defined.count() }
    #expect(cache.number(foreground: -1, background: -1) == 0)
    #expect(cache.number(foreground: 2, background: -1) == 1)
    #expect(cache.number(foreground: 2, background: 0) == 2)
    #expect(cache.number(foreground: 2, background: -1) == 1)
    #expect(defined.value == 2)
  }

  @Test("without default colours, white on black stands for them")
  func noDefaults() {
    var cache = PairCache(limit: 64, hasDefaults: false) { _, foreground, background in
      foreground >= 0 && background >= 0
    }
    #expect(cache.number(foreground: -1, background: 4) == 1)
    #expect(cache.number(foreground: 7, background: 4) == 1)
    #expect(cache.number(foreground: -1, background: -1) == 0)
  }

  @Test("when pairs run out, the text colour alone is better than nothing")
  func full() {
    var cache = PairCache(limit: 2, hasDefaults: true) { _, _, _ in true }
    #expect(cache.number(foreground: 1, background: -1) == 1)
    #expect(cache.number(foreground: 1, background: 4) == 1)
    #expect(cache.number(foreground: 3, background: 4) == 0)
    #expect(cache.number(foreground: 1, background: -1) == 1)
  }

  private final class Counter {
    private(set) var value = 0
    func count() -> Bool {
      value += 1
      return true
    }
  }
}
