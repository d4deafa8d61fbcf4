import Foundation
import Testing

/// A log of any length in little memory: the script makes a workspace without any search and measures the commands as the system
/// counts them, each in a process of its own.
@Suite(.ownThread)
struct StreamingTests {
  /// The commits of this log, whole in memory, take some 60 MiB; what is kept of each one to read them singly takes less than one.
  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")))
  func listsStatisticsAndExportsOfALongLogNeedLittleMemory() throws {
    let script = Program.repository.appending(path: ".ci/streaming").path(percentEncoded: false)
    let done = try Program.shell("ETASCOPE=$0 /usr/bin/python3 '\(script)' 4000 +20")
    #expect(done.code == 0, "\(done.output)\(done.errors)")
    #expect(done.lines.first?.hasPrefix("4000 commits, 363 taken back") == true)
    #expect(done.lines.count == 10, "\(done.output)")
  }
}
