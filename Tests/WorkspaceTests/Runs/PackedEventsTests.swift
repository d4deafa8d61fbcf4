import Foundation
import Testing
import TreeSearch
import Vocabulary

@testable import Workspace

/// The packed form of events, and the fast writer of their JSON.
struct PackedEventsTests {
  private func unpacked(_ packet: [UInt8]) throws -> [SearchEvent] {
    var events: [SearchEvent] = []
    try EventUnpacker.forEach(in: packet) {
      events.append($0)
      return true
    }
    return events
  }

  @Test(arguments: [false, true])
  func theFastWriterWritesWhatTheGeneralOneDoes(_ areStrange: Bool) throws {
    var random = RandomEvents(random: SplitMix(seed: 11), areStrange: areStrange)
    let encoder = CanonicalJSON.encoder()
    for _ in 0..<20_000 {
      let event = random.event()
      let (fast, general) = (try event.canonical(encoder), try CanonicalJSON.data(event))
      try #require(fast == general, "\(String(decoding: fast, as: UTF8.self))")
    }
  }

  /// What stands at the beginning of an imported journal, too, and it is read again without the general decoder unless it is strange.
  @Test func originsAreWrittenAsTheGeneralWriterDoes() throws {
    let scale = ImportOrigin.Scale(low: -1, high: 1)
    let plain = [
      ImportOrigin(format: "openr"), ImportOrigin(format: "a\"\n\u{E9}", scales: ["q\\": scale], isOrdered: true),
      ImportOrigin(
        format: "etascope", events: 7, forkedFrom: ForkOrigin(run: "r/1", event: 3), parameters: ["a.b", "c"]),
      ImportOrigin(format: "", scales: ["": .init(low: 0, high: 0.1)], events: -1, parameters: []),
    ]
    let strange = [
      ImportOrigin(format: "x", scales: ["b": scale, "a": scale]), ImportOrigin(format: "\u{1B}"),
      ImportOrigin(format: "x", scales: ["q": .init(low: -.infinity, high: 1)]),
    ]
    let encoder = CanonicalJSON.encoder()
    for (number, origin) in (plain + strange).enumerated() {
      let facts = ImportedNode(option: nil, visits: 2, meanValue: 0.5, origin: origin)
      let event = SearchEvent.imported(node: .root, parent: .none, facts: facts)
      let json = try event.canonical(encoder)
      #expect(try json == CanonicalJSON.data(event), "\(String(decoding: json, as: UTF8.self))")
      if number < plain.count { #expect(SearchEvent(canonical: json) == event) }
      let packet = try EventPacker.packet(of: [event][...], json: { try $0.canonical(encoder) })
      #expect(try packet == EventPacker.packet(of: [event]) && unpacked(packet) == [event])
    }
  }

  @Test func everyEventComesOutAsItWentIn() throws {
    var random = RandomEvents(random: SplitMix(seed: 12), areStrange: true)
    for length in [1, 2, 30, 300, 3000] {
      let events = (0..<length).map { _ in random.event() }
      let packet = try EventPacker.packet(of: events)
      #expect(EventUnpacker.count(in: packet) == length)
      let back = try unpacked(packet)
      #expect(back == events)
      // To the sign of a zero.
      #expect(try back.map { try CanonicalJSON.data($0) } == events.map { try CanonicalJSON.data($0) })
    }
  }

  /// Packets made ahead, for whole ones, for a part of one behind them, and where they would not fit the events there are.
  @Test(arguments: [0, 1, 1024])
  func portionsPackedAheadAreTheSameRun(before: Int) throws {
    var random = RandomEvents(random: SplitMix(seed: 14), areStrange: true)
    let events = (0..<before + 5000).map { _ in random.event() }
    var (ahead, plain) = (PackedEvents(), PackedEvents())
    for event in events { plain.append(event) }
    for event in events.prefix(before) { ahead.append(event) }
    for first in stride(from: before, to: events.count, by: 4096) {
      let portion = PackedEvents.Portion(Array(events[first..<min(first + 4096, events.count)]))
      ahead.expect(portion)
      for event in portion.events { ahead.append(event) }
      ahead.expect(nil)
    }
    #expect(Array(ahead) == events && Array(plain) == events)
  }

  /// In the middle of a portion, and after one that ended early, every event is where it belongs.
  @Test(arguments: [0, 1, 1023, 1024, 1500])
  func aPortionMayEndEarly(taken: Int) throws {
    var random = RandomEvents(random: SplitMix(seed: 15), areStrange: true)
    let (events, count) = ((0..<3400).map { _ in random.event() }, 1024 + taken)
    var packed = PackedEvents()
    for event in events[..<1024] { packed.append(event) }
    packed.expect(PackedEvents.Portion(Array(events[1024..<3072])))
    for event in events[1024..<count] { packed.append(event) }
    for isOver in [false, true] {
      if isOver { packed.expect(nil) }
      #expect(packed.count == count && Array(packed) == Array(events[..<count]))
      #expect(packed[count - 1] == events[count - 1] && packed[1000] == events[1000])
      var part: [SearchEvent] = []
      packed.forEach(in: 1000..<count) { part.append($0) }
      #expect(part == Array(events[1000..<count]))
    }
    for event in events[count...] { packed.append(event) }
    #expect(Array(packed) == events)
  }

  @Test func numbersWorkedOutByHand() throws {
    // Version, four bytes of count; then kind 11, node +3 as 6, a new number and its bits.
    let events: [SearchEvent] = [
      .backedUp(node: NodeID(3), reward: 1), .backedUp(node: NodeID(1), reward: 1),
      .rejected(request: 70, draw: -1, distance: 0),
    ]
    #expect(
      try EventPacker.packet(of: events) == [1, 3, 0, 0, 0] + [11, 6, 1, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F] + [11, 3, 0]
        + [5, 0x8C, 0x01, 1, 0])
  }

  /// Bytes changed, cut, repeated or taken away: an error or other events, never more.
  @Test func whatIsDamagedEndsInAnError() throws {
    var random = RandomEvents(random: SplitMix(seed: 13), areStrange: true)
    var failed = 0
    for _ in 0..<20_000 {
      var bytes = try EventPacker.packet(of: (0..<random.int(6) + 1).map { _ in random.event() })
      for _ in 0...random.int(3) {
        let place = random.int(bytes.count)
        switch random.int(4) {
        case 0: bytes[place] = UInt8(random.int(256))
        case 1: bytes.remove(at: place)
        case 2: bytes.insert([0, 1, 0x7F, 0x80, 0xFF][random.int(5)], at: place)
        default: bytes.removeSubrange(place...)
        }
        if bytes.isEmpty { break }
      }
      if (try? unpacked(bytes)) == nil { failed += 1 }
    }
    #expect(failed > 5000)
  }

  @Test func aCollectionIsWhatAnArrayIs() {
    var random = RandomEvents(random: SplitMix(seed: 14))
    let array = (0..<2 * PackedEvents.packetLength + 77).map { _ in random.event() }
    var packed = PackedEvents()
    for event in array { packed.append(event) }
    #expect(Array(packed) == array && packed.count == array.count && packed.last == array.last)
    for index in [0, 1, 1023, 1024, 2047, 2048, array.count - 1] { #expect(packed[index] == array[index]) }
    for range in [0..<0, 5..<9, 1000..<1030, 1020..<2070, 2048..<2050, 0..<array.count] {
      var found: [SearchEvent] = []
      packed.forEach(in: range) { found.append($0) }
      #expect(found == Array(array[range]), "\(range)")
      #expect(Array(packed[range]) == found)
    }
  }
}
