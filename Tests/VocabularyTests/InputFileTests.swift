import Foundation
import Testing

@testable import Vocabulary

@Suite("Files that somebody names")
struct InputFileTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "input-\(UUID().uuidString)")

  private func path(_ name: String) -> String { folder.appending(path: name).path(percentEncoded: false) }

  init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

  private func failure(_ path: String, limit: Int = 100, _ kind: InputFile.Kind = .plain) -> String? {
    do {
      let bytes = try InputFile.bytes(at: path, limit: limit, kind)
      return "\(bytes.count) bytes"
    } catch {
      return error.description
    }
  }

  @Test("a plain file is read up to the limit, and a link to one")
  func plain() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0) }
    try Data(bytes).write(to: folder.appending(path: "f"))
    try FileManager.default.createSymbolicLink(atPath: path("l"), withDestinationPath: path("f"))
    #expect(try InputFile.bytes(at: path("f"), limit: 200_000) == bytes)
    #expect(try InputFile.bytes(at: path("l"), limit: 200_000, .stream) == bytes)
    #expect(try InputFile.head(at: path("l"), 3) == [0, 1, 2])
    #expect(failure(path("f"), limit: 199_999) == "expected at most 195 KB, found more")
    #expect(failure(path("f"), limit: 1 << 20) == "200000 bytes")
    #expect(failure(path("none")) == "no such file")
    #expect(failure(path("f") + "/x") == "no such file")
    #expect(failure(path("")) == "expected a file, found a folder")
    try Data().write(to: folder.appending(path: "empty"))
    #expect(failure(path("empty"), .stream) == "0 bytes")
  }

  @Test("what has no end is told at once")
  func endless() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(failure("/dev/zero") == "expected a plain file, found a device")
    #expect(failure("/dev/zero", limit: .max, .stream) == "expected at most 1 MB, found more")
    #expect(failure("/dev/null", .stream) == "0 bytes")
    #expect(mkfifo(path("pipe"), 0o600) == 0)
    #expect(failure(path("pipe")) == "expected a plain file, found a pipe")
    #expect(throws: InputFile.Failure.self) { try InputFile.head(at: path("pipe"), 1) }
    #expect(failure("/proc/self/status", limit: 1 << 20)?.hasSuffix(" bytes") == true)
  }

  @Test("a named pipe is read as soon as somebody writes, and one that nobody opens is not waited for without end")
  func pipe() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(mkfifo(path("pipe"), 0o600) == 0)
    let pipe = path("pipe")
    let text = String(repeating: "x", count: 300_000)
    Thread.detachNewThread { try? text.write(toFile: pipe, atomically: false, encoding: .utf8) }
    #expect(try InputFile.bytes(at: pipe, limit: 1 << 20, .stream) == Array(text.utf8))
    Thread.detachNewThread { try? text.write(toFile: pipe, atomically: false, encoding: .utf8) }
    #expect(failure(pipe, limit: 299_999, .stream) == "expected at most 292 KB, found more")
    #expect(mkfifo(path("lonely"), 0o600) == 0)
    #expect(failure(path("lonely"), .stream) == "expected somebody to write into the pipe; nobody does")
  }

  @Test("standard input is read to its end, and no further than the limit")
  func standardInput() throws {
    var ends: [Int32] = [0, 0]
    #expect(Foundation.pipe(&ends) == 0)
    _ = write(ends[1], "abc", 3)
    close(ends[1])
    #expect(try InputFile.bytes(of: ends[0], limit: 3) == Array("abc".utf8))
    #expect(try InputFile.bytes(of: ends[0], limit: 3) == [])
    close(ends[0])
  }
}
