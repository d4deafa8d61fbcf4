import Foundation

@testable import Models

/// A folder with a GGUF file that holds nothing and a program that stands in for `llama-server`.
final class FakeServer: Sendable {
  let folder: URL
  let file: GGUFFile

  /// - Parameter program: lines of Python, `port` being the one on the command line.
  init(_ program: String) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "llama-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let model = folder.appending(path: "m.gguf")
    try Data(Array("GGUF".utf8) + [3, 0, 0, 0]).write(to: model)
    file = try GGUFFile(model.path(percentEncoded: false))
    let script = folder.appending(path: "llama-server")
    try Data(("#!/usr/bin/python3\n" + Self.prelude + program).utf8).write(to: script)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script.path(percentEncoded: false))
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  var command: LlamaCommand {
    get throws { try LlamaCommand(folder.appending(path: "llama-server").path(percentEncoded: false)) }
  }

  func start(answer: Duration = .seconds(60)) throws -> LlamaServer {
    try LlamaServer(
      file, command: command, slots: 2, logs: folder.appending(path: "logs"),
      patience: LlamaServer.Patience(answer: answer))
  }

  /// Files in the folder of messages.
  var logs: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "logs").path(percentEncoded: false)))
      ?? []
  }

  /// A file that the program writes its process into, as a number.
  func number(in name: String) -> pid_t? {
    (try? String(contentsOf: folder.appending(path: name), encoding: .utf8)).flatMap { pid_t($0) }
  }

  /// Processes of the program that are there, by number.
  var processes: [String] {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return all.filter { number in
      guard Int(number) != nil, let words = FileManager.default.contents(atPath: "/proc/\(number)/cmdline") else {
        return false
      }
      return words.firstRange(of: Data(folder.path(percentEncoded: false).utf8)) != nil
    }
  }

  private static let prelude = """
    import http.server, os, subprocess, sys, time
    port = int(sys.argv[sys.argv.index("--port") + 1])
    folder = os.path.dirname(os.path.abspath(__file__))
    def serve(statuses):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(statuses.pop(0) if len(statuses) > 1 else statuses[0])
                self.end_headers()
            def log_message(self, *_):
                pass
        http.server.HTTPServer(("127.0.0.1", port), Handler).serve_forever()

    """
}

/// True as soon as `condition` holds, false after two minutes without. Where the machine is busy they may pass between two
/// looks: the last one comes after them.
func eventually(_ condition: () -> Bool) async -> Bool {
  let end = Date(timeIntervalSinceNow: 120)
  while Date() < end {
    if condition() { return true }
    try? await Task.sleep(for: .milliseconds(5))
  }
  return condition()
}
