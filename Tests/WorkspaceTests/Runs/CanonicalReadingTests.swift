import Foundation
import Testing
import TreeSearch
import Vocabulary

@testable import Workspace

/// The fast reader of events: what it reads is what the general decoder reads, and what it does not read it leaves alone.
struct CanonicalReadingTests {
  /// Random events of the kinds of which a journal has many.
  private struct Generator {
    var random = SplitMix(seed: 5)

    mutating func int(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }
    mutating func maybe<T>(_ value: T) -> T? { Bool.random(using: &random) ? value : nil }
    mutating func node() -> NodeID { NodeID(int(1 << 31)) }

    mutating func number() -> Double {
      switch int(4) {
      case 0: Double(int(2))
      case 1: Double.random(in: 0...1, using: &random)
      case 2: Double(bitPattern: UInt64.random(in: 1..<0x7FF0_0000_0000_0000, using: &random))
      default: -Double(int(1_000_000)) / 1000 - 0.0001
      }
    }

    mutating func single() -> Float {
      int(3) == 0 ? Float(bitPattern: UInt32.random(in: 1..<0x7F80_0000, using: &random)) : -Float(number())
    }

    mutating func text() -> String {
      let parts = ["a", "\n", "\"", "\\", "/", "é", "語", "👩‍🚀", " ", "x = 3", "\t", "\r", "{", "]", ","]
      return (0..<int(8)).map { _ in parts[int(parts.count)] }.joined()
    }

    mutating func option() -> SearchOption {
      let tokens = (0..<int(5)).map { _ in Int32.random(in: .min ... .max, using: &random) }
      let broken: [UInt8] = [0xFF, 0x41, 0xC3]
      return SearchOption(
        tokens: tokens, bytes: int(4) == 0 ? broken : Array(text().utf8),
        logProbabilities: tokens.map { _ in single() }.filter(\.isFinite),
        termination: Termination.allCases[int(Termination.allCases.count)], thinking: maybe(text()))
    }

    mutating func rollout() -> Rollout {
      var rollout = Rollout(
        text: text(), score: maybe(number()), lines: maybe([option(), option()]), ormScore: maybe(number()),
        note: maybe(text()), thinking: maybe(text()))
      (rollout.answer, rollout.cause) = (maybe(text()), maybe(int(9)))
      return rollout
    }

    mutating func event() -> SearchEvent {
      switch int(9) {
      case 0:
        return .selected(
          node: node(), widen: int(2) == 0, children: maybe(int(9)), silent: maybe(true), from: maybe(node()))
      case 1:
        let kinds: [Request.Kind] = [
          .score(critics: [text(), "prm"]), .propose(draws: 3, temperature: number(), toEnd: true, earlier: 0),
          .rollOut(count: 2, temperature: 0.8, lines: maybe(true)),
        ]
        let request = Request(
          id: int(1 << 40), node: node(), kind: kinds[int(3)], seed: UInt64.random(in: 0 ... .max, using: &random),
          cause: maybe(int(9)))
        return .asked(request: request)
      case 2:
        let contents: [Answer.Content] = [
          .scores([CriticScore(critic: text(), score: maybe(number()), note: maybe(text()))]),
          .options([option(), option()]), .rollouts([rollout()]), .scores([]),
        ]
        let usage = TokenUsage(policy: int(99), rollout: int(9), critic: int(1 << 50), reused: 0)
        return .answered(request: int(9), answer: Answer(contents[int(4)], usage: usage))
      case 3:
        return .added(
          node: node(), parent: node(), request: int(99), draw: -int(5), spent: 1, distance: maybe(int(99)),
          terminal: maybe(.depthCap), answer: maybe(text()))
      case 4: return .rejected(request: int(99), draw: int(9), distance: 3)
      case 5: return .merged(node: node(), request: int(99), draw: int(9), distance: maybe(3))
      case 6: return .evaluated(node: node(), reward: number())
      default: return .backedUp(node: node(), reward: number())
      }
    }
  }

  @Test func everyCommonEventIsReadAsItWasWritten() throws {
    var generator = Generator()
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
    let journal = try workspace.rawEvents(of: id, from: 0, upTo: nil).events
    let fast = journal.count { SearchEvent(canonical: $0) != nil }
    #expect(fast * 10 > journal.count * 9, "\(fast) of \(journal.count)")
  }

  /// A changed byte, a byte too many or too few: whatever the fast reader still reads, the general decoder reads alike.
  @Test func whatIsDamagedIsNeverReadOtherwise() throws {
    var generator = Generator()
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
