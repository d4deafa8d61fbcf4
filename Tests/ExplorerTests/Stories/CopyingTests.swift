import Canvas
import Testing
import TreeInsight
import TreeSearch

@testable import Explorer

@Suite("What can be copied")
struct CopyingTests {
  private func copied(_ letter: String, _ person: inout FakeDriver) -> String? {
    person.press("y \(letter)")
    guard case .session(.copy(let text))? = person.takeEffects().last else { return nil }
    return text.text
  }

  @Test("Option, trajectory, path and command line")
  func texts() throws {
    var person = FakeDriver(header: FakeDriver.header(changing: ["selection.exploration": "0.5"]))
    person.press("s", times: 30)
    person.press("j l j")
    let node = person.cursor
    let option = try #require(person.tree.details[node.offset].option?.text)
    #expect(copied("o", &person) == String(option.dropLast()))
    #expect(copied("p", &person) == person.tree.childPath(to: node))
    let trajectory = try #require(copied("t", &person)).split(separator: "\n")
    #expect(trajectory.count == person.tree.trajectory(through: node).count)
    #expect(
      copied("c", &person)
        == "etascope explore --problem test-0001 --seed 7 --critics value=1,prm=1,orm=1,calculator=1 "
        + "--set selection.exploration=0.5")
  }

  @Test("A critic that the run has not is switched off where the program has it")
  func absentCritics() throws {
    let run = OpenRun(id: "r", tree: FakeDriver().tree)
    let line = run.commandLine(
      ["etascope", "explore"], critics: ["value", "prm", "orm", "calculator", "ends", "python"])
    #expect(line.hasSuffix("--critics value=1,prm=1,orm=1,calculator=1,ends=0,python=0"))
  }

  @Test("Nothing that a terminal would obey is copied")
  func hostile() throws {
    let tree = try GrownTree.make(count: 2, text: { _ in "a\u{1B}]52;c;eA==\u{7}b\u{9B}2J" }, parent: { _ in 0 })
    var person = FakeDriver()
    person.act(.opened(OpenRun(id: "r", tree: tree)))
    person.press("j")
    let text = try #require(copied("o", &person))
    #expect(text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
  }

  @Test("A word of a command line is quoted where a shell would read it otherwise")
  func quoting() {
    #expect(ShellWord.quoted("a-b_c=1.5,d/e") == "a-b_c=1.5,d/e")
    #expect(ShellWord.quoted("it's $HOME") == "'it'\\''s $HOME'")
    #expect(ShellWord.quoted("") == "''")
  }

  @Test("The mouse is given back and taken by a key")
  func mouse() {
    var person = FakeDriver()
    person.press("M M ^s")
    #expect(person.takeEffects() == [.session(.setMouse(false)), .session(.setMouse(true)), .session(.snapshot)])
  }
}
