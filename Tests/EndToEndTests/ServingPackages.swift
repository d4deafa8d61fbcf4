import Foundation
import Testing

/// `transformers`' own server, as `make serving-environment` puts it into the user's cache.
enum ServingPackages {
  private static let folder: URL = {
    let environment = ProcessInfo.processInfo.environment
    let cache =
      environment["XDG_CACHE_HOME"].map { URL(filePath: $0) }
      ?? FileManager.default.homeDirectoryForCurrentUser.appending(path: ".cache")
    return cache.appending(path: "etascope/serving")
  }()

  /// The program.
  static let program = folder.appending(path: "bin/transformers").path(percentEncoded: false)
  /// The Python that it runs in.
  static let python = folder.appending(path: "bin/python3").path(percentEncoded: false)
  /// Whether it is there.
  static let areInstalled = FileManager.default.isExecutableFile(atPath: program)
  /// Why tests are skipped.
  static let missing: Comment = "transformers' server is not installed: make serving-environment"
}

/// The embedded policy behind `transformers serve`, as completions and as a chat whose template only puts texts in a row.
final class TransformersServer {
  struct Failure: Error { let reason: String }

  let url: String
  private let child: Child

  /// Starts it and waits until it listens, which it does when the model is loaded.
  init(_ scratch: Scratch) throws {
    let folder = scratch.url.appending(path: "policy")
    try FileManager.default.copyItem(
      at: Program.repository.appending(path: "SampleData/Models/policy"), to: folder)
    let template =
      #"{% for m in messages %}{{ m["content"] }}{% if m["role"] == "user" %}{{ "\n" }}{% endif %}{% endfor %}"#
    try Data(template.utf8).write(to: folder.appending(path: "chat_template.jinja"))
    guard let port = Self.freePort() else { throw Failure(reason: "no free port") }
    url = "http://127.0.0.1:\(port)"
    child = try Child(
      ServingPackages.program,
      ["serve", folder.path(percentEncoded: false), "--host", "127.0.0.1", "--port", String(port), "--device", "cpu"],
      environment: Program.environment(["HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1", "NO_COLOR": "1"]))
    // To import it takes most of a minute where all processors are busy.
    let listens = (0..<4).contains { _ in Waiting.until { Self.connects(to: port) || kill(child.pid, 0) != 0 } }
    guard listens, Self.connects(to: port) else { throw Failure(reason: child.errors) }
  }

  private static func address(_ port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
    return address
  }

  private static func freePort() -> UInt16? {
    let found = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    defer { close(found) }
    var (bound, size) = (address(0), socklen_t(MemoryLayout<sockaddr_in>.size))
    let result = withUnsafeMutablePointer(to: &bound) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(found, $0, size) == 0 ? getsockname(found, $0, &size) : -1
      }
    }
    return result == 0 ? UInt16(bigEndian: bound.sin_port) : nil
  }

  private static func connects(to port: UInt16) -> Bool {
    let probe = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    defer { close(probe) }
    var target = address(port)
    return withUnsafePointer(to: &target) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(probe, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }
}
