import ArgumentParser
import Canvas
import Foundation
import Recorder
import Vocabulary
import Workspace

/// `etascope record`: a demonstration from a script.
struct RecordCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record", abstract: "Play a key script against the explorer and keep what it paints (asciinema v2).",
    discussion: """
      A script has a line a step: size COLUMNS ROWS, title TEXT, run ARGUMENTS, press KEY ..., type TEXT, wait TEXT, \
      pause SECONDS, mark CHAPTER. Those of the demonstrations are in SampleData/Demonstrations.
      """)

  @Option(name: .shortAndLong, help: "The recording to write (default: standard output).") var output: String?
  @Option(help: ArgumentHelp("Save the last screen as a picture (SVG).", valueName: "file")) var picture: String?
  @Argument(help: "The script.") var script: String

  func run() throws {
    let bytes: [UInt8]
    do {
      bytes = try InputFile.bytes(at: script, limit: 1 << 20, .stream)
    } catch {
      throw ExitError.failed("\(script): expected a script of less than a megabyte: \(error)")
    }
    let steps = try RecordScript(String(decoding: bytes, as: UTF8.self), file: script)
    let (screen, lines) = try TemporaryFolder.use { folder in
      var recorder = try Recorder(
        steps, file: script, workspace: folder.appending(path: "w.sqlite").path(percentEncoded: false))
      try recorder.play()
      return (recorder.picture, recorder.lines)
    }
    if let picture { try OutputFile.write(Data(FrameSVG.document(screen, title: steps.title).utf8), to: picture) }
    let recording = Data(lines.map { $0 + "\n" }.joined().utf8)
    if let output { try OutputFile.write(recording, to: output) } else { try StandardOutput().write(recording) }
  }
}
