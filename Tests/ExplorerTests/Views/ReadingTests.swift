import Canvas
import Testing
import TreeSearch

@testable import Explorer

@Suite("Texts are worked through once")
struct ReadingTests {
  @Test("A formula and a step beside its sibling: once, however many frames there are")
  func once() throws {
    var person = FakeDriver.searched(size: Size(columns: 120, rows: 36))
    person.press("i")
    _ = person.state.reduce(.paste(#"So half is $\frac{1}{2}$"#))
    person.press("Enter")
    let reading = person.state.reading
    #expect(person.screen().contains { $0.contains("So half is ½") })
    func lookAround() {
      for key in ["j", "k", "G", "g", "Tab", "Tab"] {
        person.press(key)
        _ = person.screen()
      }
    }
    lookAround()
    let (formulas, steps) = (reading.formulas.workedOut, reading.steps.workedOut)
    #expect(formulas == 1 && steps > 0)
    lookAround()
    #expect(reading.formulas.workedOut == 1 && reading.steps.workedOut == steps)
    // Another node's formula is another one; the first is still known.
    person.press("g i")
    _ = person.state.reduce(.paste(#"So a third is $\frac{1}{3}$"#))
    person.press("Enter")
    #expect(person.screen().contains { $0.contains("So a third is ⅓") })
    #expect(reading.formulas.workedOut == 2)
  }

  @Test("Two texts side by side are compared once while they are looked at")
  func differences() throws {
    var person = FakeDriver.searched(size: Size(columns: 120, rows: 36))
    person.press("j = j j =")
    _ = person.screen()
    let differences = person.state.reading.differences
    let workedOut = differences.workedOut
    #expect(workedOut > 0)
    person.press("j k j")
    _ = person.screen()
    #expect(differences.workedOut == workedOut)
  }

  @Test("What is kept is bounded, and what was forgotten is worked out again")
  func bounded() {
    let memo = Memo<Int, Int>(limit: 8)
    for key in 0..<100 { #expect(memo(key) { key * key } == key * key) }
    #expect(memo.count <= 8 && memo.workedOut == 100)
    #expect(memo(99) { -1 } == 9801, "known")
    #expect(memo(0) { -1 } == -1, "forgotten")
  }
}
