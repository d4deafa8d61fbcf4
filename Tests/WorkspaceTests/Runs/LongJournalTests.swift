import Foundation
import GRDB
import Testing
import TreeInsight
import TreeSearch

@testable import Workspace

/// Journals that are long enough for their older events to be packed.
struct LongJournalTests {
  private let scratch: Scratch
  private let path: String
  private let workspace: Workspace
  private let header: RunHeader
  private let tree: SearchTree
  /// Enough for a few packets.
  private let events: [SearchEvent]

  init() throws {
    scratch = try Scratch()
    path = scratch.file("w.sqlite")
    workspace = try Workspace.forTests(path)
    header = try ScriptedDriver.header()
    var driver = ScriptedDriver()
    var search = Search(header: header)
    var events: [SearchEvent] = []
    for simulations in stride(from: 100, to: 10_000, by: 100) where events.count < 7300 {
      events += driver.run(&search, simulations: simulations)
    }
    (self.events, tree) = (events, search.tree)
    try #require(events.count > 7 * JournalPacking.length)
  }

  private func totals(after count: Int) throws -> RunTotals {
    RunTotals(tree: try SearchTree(header: header, events: events.prefix(count)))
  }

  /// Appends the events up to `end` in batches of `batch`.
  private func append(to end: Int, of run: String, batch: Int) throws {
    let writer = try workspace.writer(of: run)
    var first = try workspace.eventCount(of: run)
    while first < end {
      let next = min(end, first + batch)
      try writer.append(
        Array(events[first..<next]), first: first, totals: next == end ? try totals(after: end) : RunTotals())
      first = next
    }
  }

  private func rows(of run: String) throws -> Int {
    let row = try workspace.run(run).summary.row
    return try workspace.read {
      try Int.fetchOne(
        $0, sql: "SELECT COUNT(*) FROM events WHERE key BETWEEN ? AND ?",
        arguments: [JournalKey.range(row).lowerBound, JournalKey.range(row).upperBound]) ?? 0
    }
  }

  /// A portion for a timeline, some of it packed in the journal, some not: the same events, whoever packed them.
  @Test(arguments: [0, 1024, 3072]) func portionsAreTheEventsOfTheJournal(first: Int) throws {
    let run = try workspace.createRun(header).id
    try append(to: 7200, of: run, batch: 1024)
    let (end, stored) = (first + 4096, try workspace.storedEvents(of: run, from: first, upTo: first + 4096))
    #expect(stored.rows.contains { $0.isPacked } == (first < 3072))
    let portion = try workspace.portion(of: run, from: first, upTo: end)
    #expect(portion.events == Array(events[first..<end]))
    var packed = PackedEvents()
    for event in events[..<first] { packed.append(event) }
    packed.expect(portion)
    for event in portion.events { packed.append(event) }
    packed.expect(nil)
    #expect(Array(packed) == Array(events[..<end]))
  }

  @Test(arguments: [307, 1024, 4096, 100_000])
  func whatIsOldIsPackedAndReadsTheSame(_ batch: Int) throws {
    let run = try workspace.createRun(header).id
    try append(to: events.count, of: run, batch: batch)
    let packets = events.count / JournalPacking.length - 4
    #expect(try rows(of: run) == packets + events.count - packets * JournalPacking.length)
    #expect(try workspace.events(of: run) == events)
    #expect(try workspace.tree(of: run).details == tree.details)
    #expect(try workspace.verify(run: run).problems == [])
    // The digest is that of the JSON, packed or not.
    let json = try events.map { try CanonicalJSON.data($0) }
    #expect(try workspace.rawEvents(in: workspace.storedEvents(of: run)) == json)
    #expect(try workspace.run(run).summary.digest == json.reduce(JournalDigest.empty, JournalDigest.after))
    for range in [0..<1, 1023..<1025, 1500..<1501, 2000..<4200, 1024..<2048, events.count - 1..<events.count] {
      #expect(try workspace.events(of: run, from: range.lowerBound, upTo: range.upperBound) == Array(events[range]))
    }
    #expect(try workspace.events(of: run, from: events.count) == [])
    try workspace.deleteRun(run)
    #expect(try workspace.read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM events") } == 0)
  }

  @Test func aShortJournalStaysAsItIs() throws {
    let run = try workspace.createRun(header).id
    try append(to: 5 * JournalPacking.length - 1, of: run, batch: 512)
    #expect(try rows(of: run) == 5 * JournalPacking.length - 1)
    try append(to: 5 * JournalPacking.length, of: run, batch: 512)
    #expect(try rows(of: run) == 1 + 4 * JournalPacking.length)
  }

  @Test func aForkAndAnImportHaveTheSameJournal() throws {
    let run = try workspace.createRun(header).id
    try append(to: 6000, of: run, batch: 1000)
    let fork = try workspace.fork(run: run, at: 5500)
    #expect(try workspace.events(of: fork.id, upTo: 5500) == Array(events[..<5500]))
    #expect(try workspace.verify(run: fork.id).problems == [])
    let other = try Workspace.forTests(scratch.file("other.sqlite"))
    func outcomes(_ source: Workspace, into target: Workspace) throws -> [ImportReport.Outcome] {
      try WorkspaceImport(from: [source.path]).write(into: target).flatMap { $0.runs.map(\.outcome) }
    }
    #expect(try outcomes(workspace, into: other) == [.new, .new])
    #expect(try outcomes(workspace, into: other) == [.known, .known])
    try append(to: events.count, of: run, batch: 700)
    #expect(try outcomes(workspace, into: other) == [.grown, .known])
    #expect(try other.events(of: run) == events)
    #expect(try other.verify(run: run).problems == [])
    // What is shorter here is known there.
    let third = try Workspace.forTests(scratch.file("third.sqlite"))
    #expect(try outcomes(other, into: third) == [.new, .new])
    #expect(try outcomes(third, into: workspace) == [.known, .known])
  }

  @Test func jsonOfOthersStaysAsItIs() throws {
    let run = try workspace.createRun(header).id
    try append(to: 4 * JournalPacking.length, of: run, batch: 4096)
    let row = try workspace.run(run).summary.row
    // With a space in it an event says the same and is written otherwise.
    try workspace.write {
      try $0.execute(
        sql: "UPDATE events SET event = CAST(replace(CAST(event AS TEXT), ':', ': ') AS BLOB) WHERE key = ?",
        arguments: [JournalKey.key(row, 5)])
    }
    try append(to: events.count, of: run, batch: 4096)
    #expect(try rows(of: run) == events.count)
    #expect(try workspace.events(of: run) == events)
    #expect(try workspace.verify(run: run).problems.map { $0.contains("digest") } == [true])
  }

  @Test func damageToAPacketIsNamed() throws {
    let run = try workspace.createRun(header).id
    try append(to: events.count, of: run, batch: 4096)
    let row = try workspace.run(run).summary.row
    let key = JournalKey.key(row, 1024)
    let packet = try #require(
      try workspace.read { try Data.fetchOne($0, sql: "SELECT event FROM events WHERE key = ?", arguments: [key]) })
    func findings(_ packet: Data) throws -> [String] {
      try workspace.write {
        try $0.execute(sql: "UPDATE events SET event = ? WHERE key = ?", arguments: [packet, key])
      }
      return try workspace.verify(run: run).problems.map { $0.replacing(workspace.path, with: "W") }
    }
    #expect(try findings(packet.dropLast(3)).last?.contains("is damaged: its packet is cut off") == true)
    #expect(try findings(packet + [11]).contains { $0.contains("its packet holds more than it should") })
    #expect(
      try findings(Data([1, 255, 255, 255, 255]) + packet.dropFirst(5))
        == ["W: run \(run): event 1024 is damaged: its packet holds another number of events than the journal"])
    #expect(
      try findings(Data([1, 255, 3, 0, 0]) + packet.dropFirst(5))
        == ["W: run \(run): event 2047 is damaged: it is missing"])
    // A journal that says it is as long, and a packet that says it holds all of it.
    func setLength(_ count: Int) throws {
      try workspace.write { try $0.execute(sql: "UPDATE runs SET events = ? WHERE row = ?", arguments: [count, row]) }
    }
    try setLength(JournalKey.most)
    #expect(
      try findings(Data([1, 0, 0, 0, 0xF0]) + packet.dropFirst(5))
        == ["W: run \(run): event 1024 is damaged: its packet holds another number of events than the journal"])
    try setLength(events.count)
    // A number changed by one: the packet can be read, and the digest says so.
    var other = packet
    other[other.count - 1] ^= 1
    #expect(!(try findings(other)).isEmpty)
    #expect(try findings(packet) == [])
  }

  /// A kill in the transaction that packs: all of the old rows or the packet.
  @Test func aKillWhilePackingLosesNothing() throws {
    let run = try workspace.createRun(header).id
    let full = 5 * JournalPacking.length - 1
    try append(to: full, of: run, batch: 1024)
    let row = try workspace.run(run).summary.row
    func image(_ name: String) throws -> Workspace {
      let copy = scratch.file(name)
      for suffix in ["", "-wal"] { try FileManager.default.copyItem(atPath: path + suffix, toPath: copy + suffix) }
      return try Workspace.forTests(copy)
    }
    struct Stop: Error {}
    #expect(throws: Stop.self) {
      try workspace.write { db in
        try JournalPacking.pack(row, to: full + 1, db)
        let killed = try image("killed.sqlite")
        #expect(try killed.verify(run: run).problems == [])
        #expect(try killed.events(of: run) == Array(events[..<full]))
        throw Stop()
      }
    }
    #expect(try rows(of: run) == full)
    try append(to: full + 1, of: run, batch: 1)
    #expect(try rows(of: run) == 4 * JournalPacking.length + 1)
    let killed = try image("later.sqlite")
    #expect(try killed.verify(run: run).problems == [])
    #expect(try killed.events(of: run) == Array(events[...full]))
  }
}
