import Foundation
import GRDB
import TreeSearch
import Vocabulary

/// One file of trees on its way into a workspace.
///
/// Lines become runs on all threads and are written by one, in their order.
struct TreeFileImport {
  private let name: String
  private let workspace: Workspace
  private let options: TreeImport.Options
  private let maker: TreeMaker
  private let moment: String
  private let source: RunNote
  private var known = KnownRuns()
  private var report: TreeImportReport
  private var bad = 0

  /// A file, or a folder that is read as one.
  init(named name: String, _ workspace: Workspace, options: TreeImport.Options, version: String) {
    (self.name, self.workspace, self.options) = (name, workspace, options)
    maker = TreeMaker(
      setting: .init(file: name, version: version, range: options.range, question: options.question))
    moment = Timestamp.text(workspace.now())
    source = RunNote(.source, at: 0, (name.split(separator: "/").last.map(String.init) ?? "").printable)
    report = TreeImportReport(source: name)
  }

  // MARK: - Values

  /// Writes the trees of the file. Throws ``ProblemFileError``.
  mutating func report(_ lines: TreeLines, _ db: Database) throws -> TreeImportReport {
    var lines = lines
    let maker = maker
    guard let first = try lines.first() else { throw error("expected trees, found nothing") }
    if first.isAlone {
      if let value = try passing({ try maker.value(of: first.line) }) { try takeWhole(value, db) }
    } else {
      try takeLines(first.line, lines, db)
    }
    return try finished()
  }

  /// Writes the tree of a checkpoint's folder.
  mutating func checkpointReport(_ values: [JSONView], _ db: Database) throws -> TreeImportReport {
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
  private mutating func takeWhole(_ value: JSONView, _ db: Database) throws {
    if let format = options.format ?? TreeFormat.all.first(where: { $0.fits(value) }),
      value.kind != .list || format.fits(value)
    {
      report.read = 1
      return try take([value], format, db)
    }
    guard let list = value.list, let first = list.first(where: { _ in true }) else {
      return try refuse(maker.error(Self.noTree(at: value.offset), in: value.text))
    }
    guard let format = options.format ?? TreeFormat.all.first(where: { $0.fits(first) }) else {
      return try refuse(maker.error(Self.noTree(at: first.offset), in: value.text))
    }
    let elements = Array(list)
    report.read = elements.count
    if format.joinsLines { return try take(elements, format, db) }
    for element in elements { try take([element], format, db) }
  }

  /// The lines of JSON Lines. The first that has a form says that of the others.
  private mutating func takeLines(_ first: TreeLines.Line, _ lines: TreeLines, _ db: Database) throws {
    var (line, lines) = (Optional(first), lines)
    let maker = maker
    while let here = line {
      report.read += 1
      if let value = try passing({ try maker.value(of: here) }) {
        if let format = options.format ?? TreeFormat.all.first(where: { $0.fits(value) }) {
          if format.joinsLines { return try takeJoined(value, lines, format, db) }
          try take([value], format, db)
          return try takeRest(of: lines, format, db)
        }
        try refuse(maker.error(Self.noTree(at: 0), in: value.text))
      }
      line = try lines.next()
    }
  }

  /// Lines that are read together.
  private mutating func takeJoined(
    _ first: JSONView, _ lines: TreeLines, _ format: TreeFormat, _ db: Database
  ) throws {
    var (joined, lines) = ([first], lines)
    let (maker, asks) = (maker, options.format == nil)
    while let line = try lines.next() {
      report.read += 1
      if let value = try passing({ try maker.fitting(line, asks ? format : nil) }) { joined.append(value) }
    }
    try take(joined, format, db)
  }

  /// Lines that are a tree each.
  private mutating func takeRest(of lines: TreeLines, _ format: TreeFormat, _ db: Database) throws {
    var lines = lines
    let (maker, asks, before) = (maker, options.format == nil, report.runs.count)
    let work = OrderedWork(
      source: { try lines.nextText().map { (value: $0, size: $0.bytes.count) } },
      work: { try ReadLine($1, maker, format, isAsked: asks, number: before + $0) })
    defer { work.end() }
    while let line = try work.next() {
      report.read += 1
      try write(line.trees(maker, format, from: report.runs.count), db)
    }
  }

  /// What a thread makes of a line. Most lines are one tree each: one that is called by its number and has another is made again.
  private struct ReadLine: Sendable {
    private let number: Int
    private var made = MadeTrees()
    /// The value, where it may have to be read again.
    private var value: JSONView?

    init(_ line: TreeLines.Text, _ maker: TreeMaker, _ format: TreeFormat, isAsked: Bool, number: Int) throws {
      self.number = number
      do {
        let value = try maker.fitting((line.number, TreeLines.read(line.bytes, line.number)), isAsked ? format : nil)
        made = try maker.trees(of: [value], format, from: number)
        if made.trees.contains(where: \.isNumbered) { self.value = value }
      } catch let error as ProblemFileError {
        made.problem = error
      }
    }

    /// The trees, the first of which is number `number` of the file.
    func trees(_ maker: TreeMaker, _ format: TreeFormat, from number: Int) throws -> MadeTrees {
      if let value, number != self.number { return try maker.trees(of: [value], format, from: number) }
      return made
    }
  }

  private static func noTree(at offset: Int) -> TreeFault {
    let forms = TreeFormat.all.map(\.name).joined(separator: ", ")
    return TreeFault(
      offset: offset, field: "line", "expected a tree in one of the forms \(forms); --form says which one it is")
  }

  // MARK: - Trees

  private mutating func take(_ values: [JSONView], _ format: TreeFormat, _ db: Database) throws {
    if report.format == nil { report.format = format.name }
    try write(maker.trees(of: values, format, from: report.runs.count), db)
  }

  /// What `body` makes; nil where it finds what is passed over.
  private mutating func passing<Made>(_ body: () throws -> Made) throws -> Made? {
    do {
      return try body()
    } catch let error as ProblemFileError {
      try refuse(error)
      return nil
    }
  }

  private mutating func refuse(_ error: ProblemFileError) throws {
    guard let passOver = options.passOver else { throw error }
    bad += 1
    report.findings.add(.line, .dropped, at: error.line.map { "line \($0)" } ?? name, "\(error)")
    passOver(error)
  }

  private func error(_ expected: String) -> ProblemFileError { ProblemFileError(file: name, expected) }

  private mutating func write(_ made: MadeTrees, _ db: Database) throws {
    for tree in made.trees {
      report.nodes += tree.shape.nodes
      report.depth = max(report.depth, tree.shape.depth)
      report.widest = max(report.widest, tree.shape.widest)
      report.duplicates += tree.shape.duplicates
      report.orphans += tree.shape.orphans
      report.findings.add(tree.findings)
      report.scales.merge(tree.scales) { a, b in .init(low: min(a.low, b.low), high: max(a.high, b.high)) }
      report.isOrdered = (report.isOrdered ?? true) && tree.isOrdered
      let (id, isNew) = try known.run(tree.run, at: moment, db)
      report.runs.append(id)
      guard isNew else { continue }
      let notes = tree.findings.first.enumerated().map { RunNote(.finding, at: $0, "\($1.place): \($1.words)") }
      try workspace.copy([source] + notes, to: id, db)
      report.newRuns += 1
    }
    if let problem = made.problem { try refuse(problem) }
  }
}
