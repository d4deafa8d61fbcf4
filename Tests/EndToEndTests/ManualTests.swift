import Foundation
import Testing

/// The manual and the completions are made from the commands themselves.
@Suite(.ownThread)
struct ManualTests {
  @Test func thePageNamesEveryCommandAndOption() throws {
    let page = try Program.run(["manual"])
    #expect(page.code == 0 && page.output.hasPrefix(".TH ETASCOPE 1"))
    for words in [
      ".SS etascope explore", ".SS etascope run export", "\\fB\\-\\-teach\\fR", ".SH COMMON OPTIONS", ".SH EXIT STATUS",
    ] {
      #expect(page.output.contains(words), "\(words)")
    }
    // A line that begins with a dot is a macro, never a sentence.
    let macros: Set = ["TH", "SH", "SS", "TP", "PP", "B"]
    for line in page.lines where line.hasPrefix(".") {
      #expect(macros.contains(String(line.dropFirst().prefix { $0 != " " })), "\(line)")
    }
    let reference = try Program.run(["manual", "--markdown"])
    #expect(reference.output.contains("| `--workspace <path>` |") && reference.output.contains("## etascope follow"))
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func completionsAreMade(_ shell: String) throws {
    let script = try Program.run(["--generate-completion-script", shell])
    #expect(script.code == 0 && script.output.contains("follow") && script.output.contains("teach"))
  }
}
