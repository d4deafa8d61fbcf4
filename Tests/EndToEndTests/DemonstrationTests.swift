import Foundation
import Testing

/// The demonstrations that ship are what their scripts make today.
@Suite(.ownThread)
struct DemonstrationTests {
  private struct Cast {
    let header: [String: Any]
    let events: [[Any]]

    init(_ text: String) throws {
      let lines = text.split(separator: "\n").map { Data($0.utf8) }
      let first = try #require(lines.first)
      header = try #require(try JSONSerialization.jsonObject(with: first) as? [String: Any])
      events = try lines.dropFirst().map { try #require(try JSONSerialization.jsonObject(with: $0) as? [Any]) }
    }

    var marks: [String] { events.filter { $0[1] as? String == "m" }.compactMap { $0[2] as? String } }
    var times: [Double] { events.compactMap { $0[0] as? Double } }
    var output: String { events.filter { $0[1] as? String == "o" }.compactMap { $0[2] as? String }.joined() }
  }

  @Test(arguments: ["debugging", "curating", "teaching"])
  func isRecordedAnewWithTheSameStructure(_ name: String) throws {
    let base = Program.repository.appending(path: "SampleData/Demonstrations/\(name)").path(percentEncoded: false)
    let made = try Program.run(["record", base + ".txt"])
    #expect(made.code == 0, "\(made.errors)")
    let (new, kept) = (try Cast(made.output), try Cast(String(contentsOfFile: base + ".cast", encoding: .utf8)))
    for key in ["version", "width", "height"] { #expect(new.header[key] as? Int == kept.header[key] as? Int) }
    #expect(new.header["title"] as? String == kept.header["title"] as? String)
    #expect(new.marks == kept.marks && new.marks.count >= 4)
    for cast in [new, kept] {
      #expect(cast.times == cast.times.sorted() && cast.times.count == cast.events.count)
      #expect(cast.output.contains("\u{1B}[?1049h") && cast.output.contains("\u{1B}[?1049l"), "begun and ended")
    }
  }

  @Test func whatIsNeverShownIsNamedWithItsLine() throws {
    let scratch = try Scratch()
    let script = try scratch.file("s.txt", "run doctor\nwait no such words\n")
    let result = try Program.run(["record", script])
    #expect(result.code == 1)
    #expect(result.errors.contains("s.txt:2: wait: the screen never showed 'no such words'"))
  }
}
