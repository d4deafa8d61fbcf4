import Foundation
import Testing
import TreeInsight
import TreeSearch

@testable import Workspace

/// What a process killed in the middle of its work leaves behind: the files as they are at that moment.
@Suite struct CrashTests {
  /// Copies database and write-ahead log as they stand, like a kill does.
  private func image(of path: String, in scratch: Scratch, _ name: String) throws -> String {
    let copy = scratch.file(name)
    for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: path + suffix) {
      try FileManager.default.copyItem(atPath: path + suffix, toPath: copy + suffix)
    }
    return copy
  }

  @Test func aTransactionInFlightLeavesNoTrace() throws {
    let scratch = try Scratch()
    let path = scratch.file("w.sqlite")
    let workspace = try Workspace.forTests(path)
    let (id, tree) = try ScriptedDriver.run(in: workspace)
    let reader = try Workspace.forTests(path)
    let row = try workspace.run(id).summary.row
    // 16 MB, more than SQLite's page cache: pages of the unfinished transaction are in the write-ahead log already.
    let copy = try workspace.write { db in
      for number in 0..<256 {
        try db.execute(
          sql: "INSERT INTO events (key, event) VALUES (?, zeroblob(65536))",
          arguments: [JournalKey.key(row, tree.eventCount + number)])
      }
      try db.execute(sql: "UPDATE runs SET events = events + 256 WHERE row = ?", arguments: [row])
      #expect(try reader.eventCount(of: id) == tree.eventCount)
      #expect(try reader.tree(of: id).details == tree.details)
      let size = try FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int ?? 0
      #expect(size > 4 << 20)
      let copy = try image(of: path, in: scratch, "killed.sqlite")
      try db.execute(sql: "DELETE FROM events WHERE key >= ?", arguments: [JournalKey.key(row, tree.eventCount)])
      try db.execute(sql: "UPDATE runs SET events = events - 256 WHERE row = ?", arguments: [row])
      return copy
    }
    let survivor = try Workspace.forTests(copy)
    #expect(try survivor.eventCount(of: id) == tree.eventCount)
    #expect(try survivor.verify(run: id).problems == [])
    #expect(try survivor.integrityProblems() == [])
    // The lock went with the process: the run goes on.
    let events = [SearchEvent.stopped(reason: .seconds)]
    var next = tree
    try next.apply(events[0])
    try survivor.writer(of: id).append(events, first: tree.eventCount, totals: RunTotals(tree: next))
    #expect(try survivor.verify(run: id).problems == [])
  }

  @Test func everyBatchThatReturnedIsThere() throws {
    let scratch = try Scratch()
    let path = scratch.file("w.sqlite")
    let workspace = try Workspace.forTests(path)
    let record = try workspace.createRun(try ScriptedDriver.header())
    let writer = try workspace.writer(of: record.id)
    var driver = ScriptedDriver()
    var search = Search(header: record.header)
    var written = 0
    for simulations in 1...3 {
      let events = driver.run(&search, simulations: simulations)
      try writer.append(events, first: written, totals: RunTotals(tree: search.tree))
      written += events.count
      let survivor = try Workspace.forTests(try image(of: path, in: scratch, "killed\(simulations).sqlite"))
      #expect(try survivor.eventCount(of: record.id) == written)
      #expect(try survivor.verify(run: record.id).problems == [])
      #expect(try survivor.tree(of: record.id).simulations == simulations)
    }
  }

  @Test func aFailedTransactionChangesNothing() throws {
    struct Interruption: Error {}
    let scratch = try Scratch()
    let workspace = try Workspace.forTests(scratch.file("w.sqlite"))
    let (id, tree) = try ScriptedDriver.run(in: workspace)
    #expect(throws: Interruption.self) {
      try workspace.write { db in
        try db.execute(sql: "DELETE FROM events; DELETE FROM runs")
        throw Interruption()
      }
    }
    #expect(try workspace.tree(of: id).details == tree.details)
  }
}
