import Canvas
import Testing

@testable import Recorder

struct RecordScriptTests {
  @Test func everyStepIsRead() throws {
    let script = try RecordScript(
      """
      # a remark
      title A title
      size 100 30
      run explore --problem x
      wait sims 0
      press s Enter ^r
      type two words
      pause 1.5
      mark a chapter
      """, file: "f")
    #expect(script.columns == 100 && script.rows == 30 && script.title == "A title")
    #expect(script.arguments == ["explore", "--problem", "x"])
    #expect(
      script.steps.map(\.step) == [
        .wait("sims 0"), .press(.character("s")), .press(.enter), .press(.control("r")), .type("two words"),
        .pause(1.5),
        .mark("a chapter"),
      ])
    #expect(script.steps.map(\.line) == [5, 6, 6, 6, 7, 8, 9])
  }

  @Test(arguments: [
    ("run x\npres s", "f:2: pres: expected size, title, run, press, type, wait, pause or mark"),
    ("run x\npress Spcae", "f:2: press: no key is called 'Spcae'"), ("size 5 5", "f:1: size: expected columns from 20"),
    ("pause x", "f:1: pause: expected 0 to 60 seconds"), ("press", "f:1: press: expected something after it"),
    ("title T", "f: run: expected the arguments of the program"),
  ])
  func whatIsWrongIsLocated(_ text: String, _ message: String) {
    #expect { try RecordScript(text, file: "f") } throws: { "\($0)".hasPrefix(message) }
  }
}
