import Canvas
import Testing
import TreeInsight
import TreeSearch

@testable import Explorer

@Suite("Anything at any size")
struct FuzzTests {
  @Test("Every size from 1×1 to 300×100 gives a frame of that size with its cursor inside")
  func sizes() {
    var person = ScreenTests.explored(Size(columns: 80, rows: 24))
    for popup in ["", "?", "c", "v", "w", ",", "y", "Escape T"] {
      if !popup.isEmpty { person.press("Escape j \(popup)") }
      for step in 0..<60 {
        let size = Size(columns: 1 + GrownTree.mixed(step) % 300, rows: 1 + GrownTree.mixed(step + 1000) % 100)
        let frame = person.frame(size)
        #expect(frame.width == size.columns && frame.height == size.rows)
        if let cursor = frame.cursor {
          #expect((0..<size.columns).contains(cursor.x) && (0..<size.rows).contains(cursor.y))
        }
      }
    }
    for size in [(1, 1), (39, 10), (40, 9), (40, 10), (59, 11), (60, 12), (99, 12), (100, 12), (300, 100), (0, 0)] {
      #expect(person.frame(Size(columns: size.0, rows: size.1)).width == size.0)
    }
  }

  @Test("Random keys on a tour, at random sizes: the lesson is always about a node that is there")
  func tour() throws {
    var person = FakeDriver(header: FakeDriver.header(changing: ["width.root.minimum": "3"]))
    let text =
      "title: T\nquestion: Q?\n" + (1...40).map { "== Page \($0)\nText.\n> press S < > i Escape\n> lesson\n" }.joined()
    person.act(.tour(try Tour(text, file: "f")))
    let keys = [
      ".", ".", ".", "Backspace", "S", "<", ">", "{", "}", "T", "j", "k", "Escape", "Escape", "x", "u", "s", "Space",
    ]
    for step in 0..<800 {
      let number = GrownTree.mixed(step + 77)
      if number % 15 == 0 {
        person.act(.resize(Size(columns: 1 + number / 20 % 200, rows: 1 + number / 4000 % 60)))
      } else {
        person.press(keys[number / 20 % keys.count])
      }
      if step.isMultiple(of: 7) { _ = person.frame() }
      if let teaching = person.state.classroom.teaching {
        #expect(person.search.tree.holds(teaching.frame.focus) || teaching.at > 0)
      }
    }
    #expect(person.state.run?.timeline.latest.nodes == person.search.tree.nodes)
  }

  @Test("Random lines: every one is answered, and what is done is the search's own")
  func lines() throws {
    var person = FakeDriver(header: FakeDriver.header(changing: ["width.root.minimum": "3"]))
    let words =
      CommandTable.all.map(\.title) + CommandTable.all.compactMap { $0.id.split(separator: ".").last.map(String.init) }
      + [
        "", "3", "expand 2", "insert Add them.", "override prm 0.5", "cancel", "p", "help book", "children", "path",
        "n>1", "here",
      ]
    for step in 0..<600 {
      let line = words[GrownTree.mixed(step + 5) % words.count]
      switch person.state.read(line: step.isMultiple(of: 5) ? "step" : line) {
      case .quit, .wait: break
      case .tell(let lines): #expect(lines.allSatisfy { !$0.unicodeScalars.contains { $0.value < 0x20 } })
      case .act(let effects):
        for effect in effects { person.perform(effect) }
      }
      #expect(!person.state.plainPlace.isEmpty && !person.state.plainStatus.isEmpty)
    }
    #expect(person.state.run?.timeline.latest.nodes == person.search.tree.nodes)
  }
}
