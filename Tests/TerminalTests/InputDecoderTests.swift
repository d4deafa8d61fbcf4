import Canvas
import Testing

@testable import Terminal

@Suite("Keys, mouse and pasted text from input")
struct InputDecoderTests {
  private func events(_ text: String) -> [TerminalEvent] {
    var decoder = InputDecoder()
    return decoder.events(raw(text))
  }

  private func raw(_ text: String) -> [RawInput] {
    text.unicodeScalars.map { .scalar($0.value) }
  }

  @Test("characters and control characters")
  func keys() {
    #expect(
      events("aA 가") == [.key(.character("a")), .key(.character("A")), .key(.character(" ")), .key(.character("가"))])
    #expect(events("\u{4}\u{1A}\u{0}\u{1C}") == ["d", "z", "@", "\\"].map { .key(.control($0)) })
    #expect(
      events("\t\r\n\u{7F}\u{8}") == [.key(.tab), .key(.enter), .key(.enter), .key(.backspace), .key(.backspace)])
    #expect(events("\u{90}\u{9F}") == [])
  }

  @Test("every control key that arrives can be written in a key map")
  func namesRoundTrip() {
    for value in UInt32(0)..<160 {
      if let key = InputDecoder.key(value) { #expect(Key(name: key.description) == key, "\(value)") }
    }
  }

  @Test("Escape alone is the key; with more at once it starts a sequence")
  func escape() {
    #expect(events("\u{1B}") == [.key(.escape)])
    #expect(events("\u{1B}[") == [.key(.escape), .key(.character("["))])
    #expect(events("\u{1B}q") == [.key(.escape), .key(.character("q"))])
    #expect(events("\u{1B}\u{1B}") == [.key(.escape), .key(.escape)])
  }

  @Test("sequences that curses does not know act as their key or not at all, never as the letters in them")
  func sequences() {
    #expect(events("\u{1B}[A") == [.key(.up)])
    #expect(events("\u{1B}[1;5D") == [.key(.left)])
    #expect(events("\u{1B}OP\u{1B}OF") == [.key(.function(1)), .key(.end)])
    #expect(events("\u{1B}[5~x") == [.key(.pageUp), .key(.character("x"))])
    #expect(events("\u{1B}[99;1u\u{1B}[?64;1;9c") == [])
    #expect(events("\u{1B}[12") == [])
    #expect(events("\u{1B}]11;rgb:0000/0000/0000\u{7}j") == [.key(.character("j"))])
    #expect(events("\u{1B}P1$r0q\u{1B}\\j") == [.key(.character("j"))])
  }

  @Test("mouse reports in the form that TERM did not announce")
  func mouse() {
    #expect(events("\u{1B}[<0;5;3M") == [.mouse(MouseEvent(kind: .press(.left), x: 4, y: 2))])
    #expect(events("\u{1B}[<2;5;3m") == [.mouse(MouseEvent(kind: .release(.right), x: 4, y: 2))])
    #expect(events("\u{1B}[<32;1;1M") == [.mouse(MouseEvent(kind: .drag, x: 0, y: 0))])
    #expect(events("\u{1B}[<65;1;1M") == [.mouse(MouseEvent(kind: .wheelDown, x: 0, y: 0))])
    #expect(events("\u{1B}[M &$") == [.mouse(MouseEvent(kind: .press(.left), x: 5, y: 3))])
    #expect(events("\u{1B}[M#&$") == [.mouse(MouseEvent(kind: .release(.left), x: 5, y: 3))])
    #expect(events("\u{1B}[M`&$") == [.mouse(MouseEvent(kind: .wheelUp, x: 5, y: 3))])
    for wrong in ["\u{1B}[<0;0;1M", "\u{1B}[<0;1M", "\u{1B}[M &", "\u{1B}[<99999999999999999999;1;1M"] {
      #expect(events(wrong) == [], "\(wrong.dropFirst())")
    }
  }

  @Test("pasted text is one event, across reads, and presses no key")
  func paste() {
    var decoder = InputDecoder()
    #expect(decoder.events([.scalar(106), .pasteStart] + raw("q\rx")) == [.key(.character("j"))])
    #expect(decoder.isPasting)
    let rest = decoder.events(raw("\u{1B}[A") + [.key(.tab), .unknown, .pasteEnd] + raw("k"))
    #expect(rest == [.paste("q\nx\u{1B}[A\t"), .key(.character("k"))])
    #expect(!decoder.isPasting)
  }

  @Test("a paste without an end gives the keys back after a megabyte")
  func endlessPaste() {
    var decoder = InputDecoder()
    _ = decoder.events([.pasteStart])
    let events = decoder.events([RawInput](repeating: .scalar(97), count: InputDecoder.pasteLimit) + raw("q"))
    #expect(events.count == 2 && events.last == .key(.character("q")))
  }

  @Test("any input at all: no crash, and no control character is ever a typed character")
  func fuzz() {
    let seed: UInt64 = 9
    var state = seed
    func random(_ limit: UInt64) -> UInt32 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt32((state >> 33) % limit)
    }
    var decoder = InputDecoder()
    var typed = 0
    for round in 0..<2000 {
      let batch = (0..<random(12)).map { _ -> RawInput in
        switch random(8) {
        case 0: .scalar(27)
        case 1: .scalar([91, 79, 93, 77, 60, 126][Int(random(6))])
        case 2: .scalar(random(0x11_0000 + 50))
        case 3: .pasteStart
        case 4: .pasteEnd
        default: .scalar(random(160))
        }
      }
      for case .key(.character(let character)) in decoder.events(batch) {
        typed += 1
        #expect(
          character.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control },
          "seed \(seed), round \(round)")
      }
    }
    #expect(typed > 500, "seed \(seed)")
  }
}
