import Foundation
import Testing

@testable import Workspace

/// Files that commands are told to write: plain ones are replaced, everything else is written into.
@Suite struct OutputFileTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func text(_ name: String) -> String? {
    FileManager.default.contents(atPath: scratch.file(name)).map { String(decoding: $0, as: UTF8.self) }
  }

  private func info(_ path: String) -> stat {
    var info = stat()
    lstat(path, &info)
    return info
  }

  private func write(_ text: String, _ name: String) throws {
    try OutputFile.write(Data(text.utf8), to: scratch.file(name))
  }

  @Test func aNewFileIsMade() throws {
    try write("one", "new")
    #expect(text("new") == "one")
    let mask = umask(0)
    umask(mask)
    #expect(info(scratch.file("new")).st_mode & 0o777 == 0o666 & ~mask)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["new"])
  }

  @Test func aPlainFileIsReplacedAndKeepsItsMode() throws {
    let path = try scratch.write("old", Array("a longer text than the new one".utf8))
    chmod(path, 0o640)
    let before = info(path)
    // Whoever reads the old one reads on in it.
    let reader = try #require(FileHandle(forReadingAtPath: path))
    try write("new", "old")
    #expect(text("old") == "new")
    #expect(info(path).st_ino != before.st_ino && info(path).st_mode == before.st_mode)
    #expect(try reader.readToEnd() == Data("a longer text than the new one".utf8))
  }

  @Test(.enabled(if: geteuid() == 0, "files of several users take a superuser"))
  func aFileOfSomebodyElseStaysTheirs() throws {
    let path = try scratch.write("theirs", [])
    chown(path, 65534, 65533)
    chmod(path, 0o664)
    try write("new", "theirs")
    let after = info(path)
    #expect(text("theirs") == "new")
    #expect(after.st_uid == 65534 && after.st_gid == 65533 && after.st_mode & 0o777 == 0o664)
  }

  @Test func aLinkStaysALink() throws {
    let target = try scratch.write("target", Array("a longer text than the new one".utf8))
    chmod(target, 0o640)
    let before = info(target)
    #expect(symlink("target", scratch.file("link")) == 0)
    try write("new", "link")
    #expect(info(scratch.file("link")).st_mode & S_IFMT == S_IFLNK)
    #expect(text("target") == "new" && info(target).st_ino == before.st_ino && info(target).st_mode == before.st_mode)
    #expect(symlink("made", scratch.file("dangling")) == 0)
    try write("new", "dangling")
    #expect(text("made") == "new")
  }

  @Test func aPipeIsWrittenInto() async throws {
    let path = scratch.file("pipe")
    #expect(mkfifo(path, 0o600) == 0)
    let long = String(repeating: "x", count: 300_000)
    let reader = Task.detached { try FileHandle(forReadingAtPath: path)?.readToEnd() }
    try write(long, "pipe")
    #expect(try await reader.value == Data(long.utf8))
    #expect(info(path).st_mode & S_IFMT == S_IFIFO)
  }

  /// For the superuser, who could replace it.
  @Test func aDeviceStaysADevice() throws {
    let before = info("/dev/null")
    try OutputFile.write(Data("gone".utf8), to: "/dev/null")
    let after = info("/dev/null")
    #expect(after.st_mode == before.st_mode && after.st_mode & S_IFMT == S_IFCHR && after.st_ino == before.st_ino)
  }

  @Test(arguments: [
    ("/dev/full", "No space left on device"), ("/dev", "Is a directory"), ("/proc/none/x", "No such file or directory"),
  ])
  func whatCannotBeWrittenIsSaidInTheSystemsWords(_ path: String, _ reason: String) {
    #expect { try OutputFile.write(Data("x".utf8), to: path) } throws: {
      "\($0)" == "\(path): cannot be written: \(reason)"
    }
  }
}
