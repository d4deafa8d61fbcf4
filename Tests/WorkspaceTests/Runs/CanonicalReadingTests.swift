import Foundation
import Testing
import TreeSearch
import Vocabulary

@testable import Workspace

/// The fast reader of events: what it reads is what the general decoder reads, and what it does not read it leaves alone.
struct CanonicalReadingTests {
  @Test func everyCommonEventIsReadAsItWasWritten() throws {
    var generator = RandomEvents()
    for _ in 0..<20_000 {
      let event = generator.event()
      let data = try CanonicalJSON.data(event)
      let read = SearchEvent(canonical: data)
      #expect(read == event, "\(String(decoding: data, as: UTF8.self))")
      // To the sign of a zero.
      #expect(try read.map { try CanonicalJSON.data($0) } == data)
      if read != event { return }
    }
  }

  @Test func aJournalIsReadByTheFastReader() throws {
    let scratch = try Scratch()
    let workspace = try Workspace.forTests(scratch.file("w.sqlite"))
    let (id, _) = try ScriptedDriver.run(in: workspace, simulations: 12)
    let journal = try workspace.rawEvents(in: workspace.storedEvents(of: id))
    let fast = journal.count { SearchEvent(canonical: $0) != nil }
    #expect(fast * 10 > journal.count * 9, "\(fast) of \(journal.count)")
  }

  /// A changed byte, a byte too many or too few: whatever the fast reader still reads, the general decoder reads alike.
  @Test func whatIsDamagedIsNeverReadOtherwise() throws {
    var generator = RandomEvents()
    let decoder = CanonicalJSON.decoder()
    var (read, refused) = (0, 0)
    for _ in 0..<4_000 {
      var bytes = Array(try CanonicalJSON.data(generator.event()))
      let place = generator.int(bytes.count)
      let marks = Array("0123456789.-+eE\"\\{}[],: nul\u{7F}".utf8) + [0x00, 0x0A, 0xC3, 0xFF]
      switch generator.int(3) {
      case 0: bytes[place] = marks[generator.int(marks.count)]
      case 1: bytes.remove(at: place)
      default: bytes.insert(marks[generator.int(marks.count)], at: place)
      }
      let data = Data(bytes)
      guard let event = SearchEvent(canonical: data) else {
        refused += 1
        continue
      }
      read += 1
      let general = try? decoder.decode(SearchEvent.self, from: data)
      #expect(general == event, "\(String(decoding: bytes, as: UTF8.self))")
    }
    #expect(read > 200 && refused > 1000, "\(read) read, \(refused) refused")
  }

  @Test(
    arguments: [
      #"{"evaluated":{"node":-0,"reward":0}}"#, #"{"evaluated":{"node":1,"reward":00.5}}"#,
      #"{"evaluated":{"node":1,"reward":.5}}"#, #"{"evaluated":{"node":1,"reward":5.}}"#,
      #"{"evaluated":{"node":01,"reward":0.5}}"#, #"{"evaluated":{"node":1.0,"reward":0.5}}"#,
      #"{"evaluated":{"node":2147483648,"reward":0.5}}"#, #"{"evaluated":{"node":1,"node":2,"reward":0.5}}"#,
      #"{"evaluated":{"reward":0.5,"node":1}}"#, #"{"evaluated":{"node":1,"reward":0.5,"x":1}}"#,
      #"{"evaluated": {"node":1,"reward":0.5}}"#, #"{"evaluated":{"node":1,"reward":0.5}} "#,
      #"{"evaluated":{"node":1,"reward":1e999}}"#, #"{"evaluated":{"node":1,"reward":null}}"#,
      #"{"undone":{"intervention":1}}"#, "{}", "", "{", #"{"evaluated":{"node":1,"reward":0.5}"#,
    ])
  func whatIsWrittenInAnotherWayIsLeftToTheGeneralDecoder(_ text: String) {
    #expect(SearchEvent(canonical: Data(text.utf8)) == nil)
  }

  @Test func numbersBetweenTwoFloatsAreRoundedOnce() throws {
    // 1 + 2^-24 lies midway between two singles; a little more must be rounded up, and is lost in double precision.
    for text in ["1.000000059604644775390625", "1.00000005960464477539062500001", "1.0000000596046447753906249"] {
      let json =
        #"{"answered":{"answer":{"content":{"options":{"_0":[{"logProbabilities":[\#(text)],"#
        + #""termination":"token","text":"a"}]}},"usage":{"critic":0,"policy":0,"reused":0,"rollout":0}},"request":0}}"#
      let event = try #require(SearchEvent(canonical: Data(json.utf8)))
      guard case .answered(_, let answer) = event, case .options(let options) = answer.content else { continue }
      #expect(options[0].logProbabilities == [try #require(Float(text))], "\(text)")
    }
  }
}
