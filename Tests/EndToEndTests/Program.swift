import Foundation

/// The built program and the places that a test of it needs.
enum Program {
  /// The folder of the repository.
  static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// `etascope`, built beside the tests that run now.
  static let executable: URL = {
    let tests = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    var folder = tests.deletingLastPathComponent()
    while !FileManager.default.isExecutableFile(atPath: folder.appending(path: "etascope").path()), folder.path() != "/" {
      folder = folder.deletingLastPathComponent()
    }
    return folder.appending(path: "etascope")
  }()

  /// A problem file that comes with the program.
  static func problems(_ name: String) -> String {
    repository.appending(path: "SampleData/Problems/\(name).jsonl").path()
  }

  /// What a finished command left.
  struct Outcome {
    let output: String
    let errors: String
    let code: Int32
    var lines: [Substring] { output.split(separator: "\n") }
  }

  /// Runs the program with `arguments` and waits for its end. Standard input is empty.
  static func run(_ arguments: [String], environment: [String: String?] = [:]) throws -> Outcome {
    let scratch = try Scratch()
    let out = scratch.path("out")
    let err = scratch.path("err")
    FileManager.default.createFile(atPath: out, contents: nil)
    FileManager.default.createFile(atPath: err, contents: nil)
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.environment = Self.environment(environment)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle(forWritingAtPath: out)
    process.standardError = FileHandle(forWritingAtPath: err)
    try process.run()
    process.waitUntilExit()
    return Outcome(
      output: String(decoding: FileManager.default.contents(atPath: out) ?? Data(), as: UTF8.self),
      errors: String(decoding: FileManager.default.contents(atPath: err) ?? Data(), as: UTF8.self),
      code: process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus)
  }

  /// This process's environment with some variables set or (nil) removed.
  static func environment(_ changes: [String: String?]) -> [String: String] {
    var environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("ETASCOPE_") }
    environment["LC_ALL"] = "C.UTF-8"
    for (name, value) in changes { environment[name] = value }
    return environment
  }
}

/// A folder that is removed when the test lets go of it.
final class Scratch {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "etascope-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appending(path: name).path() }

  /// Writes `text` to a file in the folder and returns its path.
  func file(_ name: String, _ text: String) throws -> String {
    try Data(text.utf8).write(to: url.appending(path: name))
    return path(name)
  }
}
