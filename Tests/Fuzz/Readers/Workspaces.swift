#if TESTABLE
  import Foundation
  import GRDB
  import TreeSearch
  import Vocabulary

  @testable import Lab
  @testable import TreeInsight
  @testable import Workspace

  /// Workspaces that somebody changed: the file's bytes, and what its rows hold.
  extension FuzzTarget {
    /// Bytes of the file, so that pages and cells are not what SQLite wrote.
    static let workspaces = FuzzTarget(
      "workspaces", words: ["SQLite format 3\u{0}", "CREATE TABLE", "{\"asked\":", "\u{D}\u{0}\u{0}\u{0}"],
      longest: 1 << 18, quick: 40,
      seeds: { [try WorkspaceFixture.bytes.made()] }
    ) { bytes in
      let file = ScratchFile("w.sqlite")
      try file.write(bytes)
      try WorkspaceReading.all(file.path)
    }

    /// Rows: statements that are applied to a whole workspace, whose tables stay as they are.
    static let rowsOfWorkspaces = FuzzTarget(
      "workspace-rows",
      words: [
        "UPDATE", "DELETE FROM", "INSERT INTO", "SET", "WHERE", "runs", "events", "commits", "labels", "rounds",
        "round_events", "round_items", "problems", "annotations", "judgements", "header", "digest", "totals", "event",
        "entry", "plan", "key", "sequence", "row", "number", "id", "zeroblob(100000)", "x'00ff'", "NULL", "'text'",
        "CAST(event AS TEXT)", "replace(CAST(header AS TEXT),'1','9e99')", "randomblob(8)", "9223372036854775807",
        ";\n", "1e400",
      ], longest: 1 << 11, quick: 40
    ) { bytes in
      let file = ScratchFile("w.sqlite")
      try file.write(try WorkspaceFixture.bytes.made())
      try WorkspaceFixture.change(file.path, String(decoding: bytes, as: UTF8.self))
      try WorkspaceReading.all(file.path)
    }
  }

  /// A small workspace with something of everything.
  private enum WorkspaceFixture {
    static let bytes = Result { try make() }

    private static func make() throws -> [UInt8] {
      let file = ScratchFile("fixture.sqlite")
      unlink(file.path)
      // Closed, all of it is in the file.
      try fill(file.path)
      return [UInt8](try Data(contentsOf: URL(filePath: file.path)))
    }

    private static func fill(_ path: String) throws {
      let moment = Date(timeIntervalSince1970: 1_700_000_000)
      let workspace = try Workspace(path: path, author: "ana", now: { moment })
      let tree = try SharedFixtures.tree.made()
      try workspace.save([LoadedProblem(problem: tree.header.problem, extra: #"{"a":1}"#, line: 1)])
      let run = try workspace.createRun(tree.header)
      let events = try SharedFixtures.journal(4)
      let known = try SearchTree(header: tree.header, events: events)
      try workspace.writer(of: run.id).append(events, first: 0, totals: RunTotals(atRest: known))
      try workspace.keep(RunNote(.bookmark, at: 0, "a note"), of: run.id)
      if let node = known.nodes.indices.dropFirst().map(NodeID.init).first(where: { id in
        known.path(to: id).allSatisfy { known[$0].isShown }
      }) {
        try workspace.commit(run: run.id, tree: known, node: node, judgement: Judgement(verdict: .good, note: "yes"))
        try workspace.undoCommit(workspace.commit(run: run.id, tree: known, node: node).id)
      }
      let labels = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Corpus/labels/prm800k").path(percentEncoded: false)
      _ = try LabelImport(from: [labels], version: "1", now: moment).write(into: workspace)
      let round = try workspace.createRound(series: "s", plan: CanonicalJSON.data(RoundPlan()))
      let writer = try workspace.drive(round)
      try writer.append(
        CanonicalJSON.data(RoundEvent(at: workspace.moment, who: "ana", .began(.imagine, inputs: "ab"))))
      try writer.append([Data(#"{"id":"a","text":"1?"}"#.utf8)], stage: "imagine", first: 0)
      try workspace.finish()
      let reports = try workspace.runs().map { try workspace.verify(run: $0.id) }
      try FuzzFinding.require(reports.count > 1 && reports.allSatisfy(\.ok), "the fixture: \(reports)")
    }

    /// Runs `statements`, one a line, as somebody would who has the file: triggers are away meanwhile.
    static func change(_ path: String, _ statements: String) throws {
      let queue = try DatabaseQueue(path: path)
      try queue.inDatabase { db in
        try db.execute(sql: "PRAGMA journal_mode = DELETE; PRAGMA synchronous = OFF")
        let triggers = try Row.fetchAll(
          db, sql: "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
        for row in triggers { try db.execute(sql: "DROP TRIGGER \"\(row[0] as String)\"") }
        for line in statements.split(separator: "\n").prefix(16) {
          let word = line.prefix { $0 != " " }.uppercased()
          guard ["UPDATE", "DELETE", "INSERT"].contains(word), !line.contains(";") else { continue }
          try? db.execute(sql: String(line))
        }
        for row in triggers { try db.execute(sql: row[1] as String) }
      }
    }
  }

  /// Everything that commands ask of a workspace.
  private enum WorkspaceReading {
    static func all(_ path: String) throws {
      let workspace: Workspace
      do {
        workspace = try Workspace(path: path, readOnly: true)
      } catch let error as WorkspaceError {
        return try FuzzFinding.require(error.description.contains(path), "an error without its file: \(error)")
      }
      try ask(workspace) { _ = try $0.integrityProblems() }
      var runs: [String] = []
      try ask(workspace) { runs = try $0.runList().runs.map(\.id) }
      for run in runs.prefix(8) {
        try ask(workspace) { _ = try $0.verify(run: run) }
        try ask(workspace) { _ = try $0.notes(of: run) }
        try ask(workspace) { workspace in
          for format in RunFormat.all { _ = try workspace.export(run: run, format: format) }
        }
        try ask(workspace) { workspace in
          let timeline = try workspace.timeline(of: run)
          _ = timeline.tree(at: timeline.latest.eventCount / 2)
        }
      }
      try ask(workspace) { try $0.forEachProblem { _ = $0.text("a") } }
      try ask(workspace) { _ = try $0.verifyCommits() }
      try ask(workspace) { _ = try $0.commitLog().problems() }
      try ask(workspace) { _ = try $0.verifyLabels() }
      try ask(workspace) { _ = try $0.labelLedger() }
      try ask(workspace) { try rounds($0) }
      try ask(workspace) { workspace in
        let source = try workspace.datasetSource()
        for format in DatasetFormat.all { _ = try DatasetMaker(format: format, source: source).make { _, _ in } }
      }
    }

    private static func rounds(_ workspace: Workspace) throws {
      for round in try workspace.roundList().rounds.prefix(4) {
        _ = try? workspace.state(of: round)
        _ = try workspace.items(of: round, stage: "imagine")
        _ = try? workspace.problems(of: round)
      }
    }

    /// What cannot be read says which file that is.
    private static func ask(_ workspace: Workspace, _ question: (Workspace) throws -> Void) throws {
      do {
        try question(workspace)
      } catch let error as WorkspaceError {
        try FuzzFinding.require(error.description.contains(workspace.path), "an error without its file: \(error)")
      } catch {
        throw FuzzFinding("an error of another module, \(type(of: error)): \(error)")
      }
    }
  }
#endif
