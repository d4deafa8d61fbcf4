import Foundation
import Testing

/// A theme that somebody wrote and did not finish ends no session.
@Suite(.ownThread)
struct BrokenThemeTests {
  @Test(arguments: ["", "1"])
  func chosenInARunningExplorerIsSaidAndTheOldOneStays(noColour: String) throws {
    let session = try ExplorerSession()
    let folder = session.scratch.url.appending(path: "etascope/themes")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data("[".utf8).write(to: folder.appending(path: "a-lone.toml"))
    try Data((String(repeating: "a.", count: 200_000) + "a = 1").utf8).write(to: folder.appending(path: "a-deep.toml"))
    try session.terminal.command(
      "clear; env NO_COLOR=\(noColour) XDG_CONFIG_HOME=\(session.scratch.url.path(percentEncoded: false)) \(session.line())"
    )
    try session.wait("the explorer") { $0.isQuiet }
    for (name, words) in [("a-lone", "a-lone.toml:1: not TOML"), ("a-deep", "a-deep.toml:1: not TOML")] {
      try session.terminal.press("t")
      try session.wait("the picker") { $0.text.contains(name) }
      // The theme under the cursor is tried with every key.
      try session.terminal.type(String(name.prefix(4)))
      try session.wait("what is wrong with \(name)") { $0.text.contains(words) }
      try session.terminal.press("Escape")
      try session.wait("the explorer again") { $0.isQuiet }
    }
    try session.quit()
  }
}
