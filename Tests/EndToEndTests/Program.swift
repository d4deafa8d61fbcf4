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
    while !FileManager.default.isExecutableFile(atPath: folder.appending(path: "etascope").path(percentEncoded: false)),
      folder.path(percentEncoded: false) != "/"
    {
      folder = folder.deletingLastPathComponent()
    }
    return folder.appending(path: "etascope")
  }()

  /// A problem file that comes with the program.
  static func problems(_ name: String) -> String {
    repository.appending(path: "SampleData/Problems/\(name).jsonl").path(percentEncoded: false)
  }

  /// What a finished command left.
  struct Outcome {
    let output: String
    let errors: String
    let code: Int32
    var lines: [Substring] { output.split(separator: "\n") }
    /// The first line as a JSON object.
    var object: [String: Any]? { objects.first }
    /// Every line as a JSON object; nil where one is none.
    var objects: [[String: Any]] {
      lines.compactMap { try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] }
    }
    /// The one line on standard error, without its line break; nil where there are more or none, or where it holds bytes
    /// that a terminal would obey.
    var message: String? {
      let text = errors.hasSuffix("\n") ? errors.dropLast() : errors[...]
      return text.isEmpty || !Program.isHarmless(text) ? nil : String(text)
    }
  }

  /// True where no scalar of `text` is a control character.
  static func isHarmless(_ text: some StringProtocol) -> Bool {
    text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
  }

  /// Runs the program with `arguments` and waits for its end. Standard input is empty.
  static func run(_ arguments: [String], environment: [String: String?] = [:]) throws -> Outcome {
    try run(executable, arguments, environment: environment)
  }

  /// Runs a line of shell in which `$0` is the program.
  static func shell(_ line: String, _ arguments: String...) throws -> Outcome {
    try run(
      URL(filePath: "/bin/bash"), ["-c", line, executable.path(percentEncoded: false)] + arguments, environment: [:])
  }

  /// What a stage of a round made, a line each, without the names that the moment decides.
  static func items(of stage: String, of round: String, _ workspace: String) throws -> [String] {
    try run(["round", "show", round, "--stage", stage, "--workspace", workspace]).objects.map { item in
      let kept = item.filter { !["run", "commit", "runs"].contains($0.key) }
      return String(decoding: try JSONSerialization.data(withJSONObject: kept, options: .sortedKeys), as: UTF8.self)
    }
  }

  private static func run(
    _ executable: URL, _ arguments: [String], environment: [String: String?]
  ) throws -> Outcome {
    let child = try Child(executable.path(percentEncoded: false), arguments, environment: Self.environment(environment))
    let code = child.wait()
    return Outcome(output: child.output, errors: child.errors, code: code)
  }

  /// Starts the program and lets it work.
  static func start(_ arguments: [String]) throws -> Child {
    try Child(executable.path(percentEncoded: false), arguments, environment: environment([:]))
  }

  /// This process's environment with some variables set or (nil) removed, and without what would change colours.
  static func environment(_ changes: [String: String?]) -> [String: String] {
    var environment = ProcessInfo.processInfo.environment.filter {
      !$0.key.hasPrefix("ETASCOPE_") && $0.key != "NO_COLOR" && $0.key != "COLORTERM"
    }
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

  func path(_ name: String) -> String { url.appending(path: name).path(percentEncoded: false) }

  /// Writes `text` to a file in the folder and returns its path.
  func file(_ name: String, _ text: String) throws -> String {
    try Data(text.utf8).write(to: url.appending(path: name))
    return path(name)
  }
}
