import Foundation
import GRDB
import TreeSearch
import Vocabulary

/// One file of trees on its way into a workspace.
struct TreeFileImport {
  private var lines: TreeLines?
  private let name: String
  private let workspace: Workspace
  private let options: TreeImport.Options
  private let version: String
  private let moment: String
  private let encoder = CanonicalJSON.encoder()
  private var report: TreeImportReport
  private var bad = 0

  init(_ path: String, _ workspace: Workspace, options: TreeImport.Options, version: String) throws {
    let lines = try TreeLines(path)
    self.init(named: lines.name, workspace, options, version)
    self.lines = lines
  }

  /// A file that is open.
  init(_ lines: TreeLines, _ workspace: Workspace, options: TreeImport.Options, version: String) {
    self.init(named: lines.name, workspace, options, version)
    self.lines = lines
  }

  /// A folder that is read as one.
  init(checkpoint path: String, _ workspace: Workspace, options: TreeImport.Options, version: String) throws {
    self.init(named: path, workspace, options, version)
  }

  private init(named name: String, _ workspace: Workspace, _ options: TreeImport.Options, _ version: String) {
    (self.name, self.workspace, self.options, self.version) = (name, workspace, options, version)
    moment = Timestamp.text(workspace.now())
    report = TreeImportReport(source: name)
  }

  // MARK: - Values

  /// Writes the trees of the file. Throws ``ProblemFileError``.
  mutating func report(_ db: Database) throws -> TreeImportReport {
    guard let first = try lines?.first() else { throw error("expected trees, found nothing") }
    if first.isAlone {
      try readWhole(first.line, db)
    } else {
      try readLines(first.line, db)
    }
    return try finished()
  }

  /// Writes the tree of a checkpoint's folder.
  mutating func checkpointReport(_ db: Database, _ values: [JSONView]) throws -> TreeImportReport {
    report.read = values.count
    try take(values, .openEvolve, db)
    return try finished()
  }

  private func finished() throws -> TreeImportReport {
    if report.runs.isEmpty {
      throw error("expected at least one tree, found none\(bad > 0 ? ", \(bad) bad lines" : "")")
    }
    if options.isStrict, let first = report.findings.first.first {
      let count = report.findings.counts.values.reduce(0, +)
      throw error(
        "--strict: \(count) \(count == 1 ? "thing is" : "things are") not as expected; the first at \(first.place): \(first.words)"
      )
    }
    return report
  }

  /// One value that is the whole file: a tree, or a list of trees.
  private mutating func readWhole(_ line: TreeLines.Line, _ db: Database) throws {
    guard let value = try value(of: line) else { return }
    if let format = options.format ?? TreeFormat.all.first(where: { $0.fits(value) }),
      value.kind != .list || format.fits(value)
    {
      report.read = 1
      return try take([value], format, db)
    }
    guard let list = value.list, let first = list.first(where: { _ in true }) else {
      return try refuse(TreeFault(offset: value.offset, field: "line", Self.expectation), value.text)
    }
    guard let format = options.format ?? TreeFormat.all.first(where: { $0.fits(first) }) else {
      return try refuse(TreeFault(offset: first.offset, field: "line", Self.expectation), value.text)
    }
    let elements = Array(list)
    report.read = elements.count
    if format.joinsLines { return try take(elements, format, db) }
    for element in elements { try take([element], format, db) }
  }

  private mutating func readLines(_ first: TreeLines.Line, _ db: Database) throws {
    var line: TreeLines.Line? = first
    var format = options.format
    var joined: [JSONView] = []
    while let here = line {
      report.read += 1
      if let value = try value(of: here) {
        if format == nil { format = TreeFormat.all.first { $0.fits(value) } }
        if let format, options.format != nil || format.fits(value) {
          if format.joinsLines { joined.append(value) } else { try take([value], format, db) }
        } else {
          let expected =
            format.map { "expected a value of the form \($0.name) like the lines before it" } ?? Self.expectation
          try refuse(TreeFault(offset: 0, field: "line", expected), value.text)
        }
      }
      line = try lines?.next()
    }
    if let format, format.joinsLines, !joined.isEmpty { try take(joined, format, db) }
  }

  private static let expectation =
    "expected a tree in one of the forms \(TreeFormat.all.map(\.name).joined(separator: ", ")); --form says which one it is"

  private mutating func value(of line: TreeLines.Line) throws -> JSONView? {
    switch line.value {
    case .success(let value): return value
    case .failure(let fault):
      try refuse(ProblemFileError(file: name, line: line.number, field: fault.field, fault.expected))
      return nil
    }
  }

  // MARK: - Trees

  private mutating func take(_ values: [JSONView], _ format: TreeFormat, _ db: Database) throws {
    guard let text = values.first?.text else { return }
    if report.format == nil { report.format = format.name }
    do {
      // Values of several texts are told apart by their lines.
      let isOneText = values.allSatisfy { $0.text === text }
      for draft in try format.read(values) {
        let tree = try TreeAssembly(
          draft, format: format, file: name, number: report.runs.count, version: version, options: options,
          line: { offset in isOneText ? "line \(text.line(of: offset))" : "the file" })
        try write(tree, db)
      }
    } catch let fault as TreeFault {
      try refuse(fault, text)
    } catch let error as ReplayError {
      try refuse(TreeFault(offset: values[0].offset, field: "line", error.problem), text)
    }
  }

  private mutating func refuse(_ fault: TreeFault, _ text: JSONText) throws {
    try refuse(ProblemFileError(file: name, line: text.line(of: fault.offset), field: fault.field, fault.expected))
  }

  private mutating func refuse(_ error: ProblemFileError) throws {
    guard let passOver = options.passOver else { throw error }
    bad += 1
    report.findings.add(.line, .dropped, at: error.line.map { "line \($0)" } ?? name, "\(error)")
    passOver(error)
  }

  private func error(_ expected: String) -> ProblemFileError { ProblemFileError(file: name, expected) }

  private mutating func write(_ tree: TreeAssembly, _ db: Database) throws {
    let journal = try tree.events.map { try $0.canonical(encoder) }
    report.nodes += tree.shape.nodes
    report.depth = max(report.depth, tree.shape.depth)
    report.widest = max(report.widest, tree.shape.widest)
    report.duplicates += tree.shape.duplicates
    report.orphans += tree.shape.orphans
    report.findings.add(tree.findings)
    report.scales.merge(tree.tree.origin?.scales ?? [:]) { a, b in
      .init(low: min(a.low, b.low), high: max(a.high, b.high))
    }
    report.isOrdered = (report.isOrdered ?? true) && tree.tree.origin?.isOrdered == true
    let same = try Row.fetchAll(
      db, sql: "SELECT id FROM runs WHERE fingerprint = ? AND events >= ? ORDER BY row",
      arguments: [try RunFingerprint.of(tree.header), journal.count])
    for row in same where try workspace.journal(of: row.read("id"), beginsWith: journal, db) {
      report.runs.append(try row.read("id"))
      return
    }
    let run = try workspace.insertRun(
      db, tree.header, journal: journal, events: tree.events, totals: RunTotals(atRest: tree.tree), created: moment,
      updated: moment)
    let notes = tree.findings.first.enumerated().map { RunNote(.finding, at: $0, "\($1.place): \($1.words)") }
    let file = RunNote(.source, at: 0, (name.split(separator: "/").last.map(String.init) ?? "").printable)
    try workspace.copy([file] + notes, to: run, db)
    report.runs.append(run)
    report.newRuns += 1
  }
}
