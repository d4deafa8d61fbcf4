import Foundation
import Testing

/// A person's own themes.
@Suite(.ownThread)
struct ThemeCommandTests {
  @Test func areFoundInTheConfigurationFolderAndChecked() throws {
    let scratch = try Scratch()
    let folder = scratch.url.appending(path: "etascope/themes")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data("# Mine.\ninherits = \"dusk\"\n\"ui.text\" = \"#ffffff\"\n".utf8).write(
      to: folder.appending(path: "mine.toml"))
    let home = ["XDG_CONFIG_HOME": scratch.url.path(percentEncoded: false)]
    #expect(try Program.run(["themes", "list"], environment: home).lines.contains("mine"))
    #expect(try Program.run(["themes", "list", "--markdown"], environment: home).output.contains("| `mine` | Mine. |"))
    #expect(try Program.run(["themes", "check", "mine"], environment: home).code == 0)

    let bad = scratch.path("bad.toml")
    try Data("inherits = \"paper\"\n\n\"ui.text\" = \"#cccccc\"\n\"ui.txet\" = \"red\"\n".utf8).write(
      to: URL(filePath: bad))
    let check = try Program.run(["themes", "check", bad], environment: home)
    #expect(check.code == 1 && check.errors.contains("bad.toml:4: ui.txet: unknown scope"))
    try Data("inherits = \"paper\"\n\n\"ui.text\" = \"#cccccc\"\n".utf8).write(to: URL(filePath: bad))
    let weak = try Program.run(["themes", "check", bad], environment: home)
    #expect(weak.code == 1 && weak.errors.contains("bad.toml:3: ui.text on ui.background: contrast 1.5"))
    #expect(try Program.run(["themes", "check"], environment: home).output == "13 themes, no problems\n")
  }

  @Test func areChosenByNameAndSeenInThePicker() throws {
    let session = try ExplorerSession()
    let folder = session.scratch.url.appending(path: "etascope/themes")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data("inherits = \"dusk\"\n".utf8).write(to: folder.appending(path: "a-mine.toml"))
    try session.terminal.command(
      "clear; env XDG_CONFIG_HOME=\(session.scratch.url.path(percentEncoded: false)) \(session.line("--theme a-mine"))")
    try session.wait("the explorer") { $0.isQuiet }
    try session.terminal.press("t")
    try session.wait("the picker") { $0.text.contains("a-mine") && $0.text.contains("safe-dark") }
    try session.terminal.press("Escape")
    try session.quit()
  }
}
