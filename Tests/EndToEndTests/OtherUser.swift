import Foundation

/// Somebody else on the same machine.
enum OtherUser {
  /// What a command line begins with that runs as them: no groups, no home, no rights but those of everybody.
  static let prefix = "setpriv --reuid 65534 --regid 65534 --clear-groups env HOME=/nonexistent"

  /// True where this process may act as another user, and that user can reach the program and the files of tests.
  static let isThere: Bool = {
    guard geteuid() == 0, let scratch = try? Scratch(), let file = try? scratch.file("w", "w") else { return false }
    chmod(scratch.url.path(percentEncoded: false), 0o755)
    return (try? Program.shell("\(prefix) test -r \(file) && \(prefix) test -x $0 -a ! -w \(scratch.path(""))"))?.code
      == 0
  }()

  /// Why tests that need them are left out.
  static let reason = "takes a superuser whose files others can read"

  /// What the program says to them. Standard input is `lines`.
  static func run(_ arguments: String, lines: [String] = [], in scratch: Scratch) throws -> Program.Outcome {
    let said = try scratch.file("said", lines.map { $0 + "\n" }.joined())
    chmod(said, 0o644)
    return try Program.shell("\(prefix) $0 \(arguments) < \(said)")
  }

  /// A program of theirs, in Python.
  static func python(_ script: String, _ arguments: String...) throws -> Child {
    try Child(
      "/usr/bin/env",
      prefix.split(separator: " ").map(String.init) + ["/usr/bin/python3", "-c", script] + arguments,
      environment: Program.environment([:]))
  }

  /// True where ``python(_:_:)`` works.
  static let hasPython = isThere && FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")
}
