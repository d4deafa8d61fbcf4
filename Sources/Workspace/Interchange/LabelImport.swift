import Foundation
import GRDB
import TreeSearch
import Vocabulary

/// What label files of other programs hold, checked and ready to become runs and labels of a workspace.
///
/// A problem becomes one run with everybody's alternatives, and a second one where a person labelled it twice. What neither the
/// tree nor the labels can say is kept with the run, so that ``Workspace/exportLabels(format:to:)`` gives each line back.
public struct LabelImport {
  private let files: [(name: String, trees: [LabelledTree], lines: Int)]

  /// Reads and checks all of `paths`, each a file, a folder of files, or `-` for standard input.
  ///
  /// - Parameters:
  ///   - version: of the program, for the headers of the runs.
  ///   - passOver: is told of each bad line, which is then left out; nil refuses everything for it.
  /// - Throws: ``ProblemFileError`` that names file, line and field.
  /// Complexity: O(bytes); all lines are held in memory.
  public init(
    from paths: [String], version: String, now: Date = Date(), passOver: ((ProblemFileError) -> Void)? = nil
  ) throws {
    files = try paths.flatMap { try LabelFile.files(at: $0) }.map { path in
      let name = path == ProblemFile.standardInput ? "standard input" : path
      return try Self.file(named: name, try LabelFile.lines(of: path), version, now, passOver)
    }
  }

  /// The same of what has been read of one file.
  init(
    _ bytes: [UInt8], named name: String, version: String, now: Date = Date(), passOver: ((ProblemFileError) -> Void)?
  ) throws {
    files = [try Self.file(named: name, LabelFile.lines(in: bytes, name: name), version, now, passOver)]
  }

  private static func file(
    named name: String, _ lines: [LabelFile.Line], _ version: String, _ now: Date,
    _ passOver: ((ProblemFileError) -> Void)?
  ) throws -> (name: String, trees: [LabelledTree], lines: Int) {
    var reader = Reader(name: name, passOver: passOver)
    for line in lines { try reader.read(line) }
    let read = try reader.finished()
    return (name, try trees(of: read, reader, version, Timestamp.text(now)), read.count)
  }

  /// The runs that lines become: one a problem, and more where a person has more lines of it.
  private static func trees(
    of lines: [LabelledTree.Line], _ reader: Reader, _ version: String, _ moment: String
  ) throws -> [LabelledTree] {
    struct Key: Hashable {
      let id, question: [UInt8]
      let answer: [UInt8]?
      let models: [String: String]
      let copy: Int
    }
    struct Person: Hashable {
      let key: Key
      let who: String
    }
    var (order, groups): ([Key], [Key: [LabelledTree.Line]]) = ([], [:])
    var copies: [Person: Int] = [:]
    for line in lines {
      let (problem, models) = (line.content.problem, line.content.models)
      func key(_ copy: Int) -> Key {
        Key(
          id: Array(problem.id.utf8), question: Array(problem.question.utf8),
          answer: problem.answer.map { Array($0.utf8) },
          models: models, copy: copy)
      }
      let person = Person(key: key(0), who: line.content.who)
      let own = key(copies[person, default: 0])
      copies[person, default: 0] += 1
      if groups[own] == nil { order.append(own) }
      groups[own, default: []].append(line)
    }
    return try order.compactMap { key in
      let lines = groups[key] ?? []
      do {
        return try LabelledTree(lines, version: version, moment: moment)
      } catch let wrong as LabelledTree.Unwritable {
        throw reader.error(at: wrong.place, "line", "expected a line that can be written back as it is")
      } catch let wrong as ReplayError {
        throw reader.error(at: lines[0].place, "line", "expected a tree that a search can hold: \(wrong.problem)")
      }
    }
  }

  /// Makes lines of values, and remembers where they stood.
  private struct Reader {
    let name: String
    let passOver: ((ProblemFileError) -> Void)?
    private var lines: [LabelledTree.Line] = []
    private var numbers: [Int] = []
    private var bad = 0

    init(name: String, passOver: ((ProblemFileError) -> Void)?) { (self.name, self.passOver) = (name, passOver) }

    mutating func read(_ line: LabelFile.Line) throws {
      do {
        let value = try line.value.get()
        guard let format = LabelFormat.all.first(where: { $0.fits(value) }) else {
          throw LabelLineFault(
            field: "line",
            expected: "expected a line of one of the forms \(LabelFormat.all.map(\.name).joined(separator: ", "))")
        }
        for value in format.split(value) {
          let content = try format.read(value)
          if content.problem.question.allSatisfy(\.isWhitespace) {
            throw LabelLineFault(field: "problem", expected: "expected a string that is not empty")
          }
          lines.append(LabelledTree.Line(place: lines.count, format: format, source: value, content: content))
          numbers.append(line.number)
        }
      } catch let wrong as LabelLineFault {
        let error = ProblemFileError(file: name, line: line.number, field: wrong.field, wrong.expected)
        guard let passOver else { throw error }
        bad += 1
        passOver(error)
      }
    }

    func finished() throws -> [LabelledTree.Line] {
      if lines.isEmpty {
        throw ProblemFileError(
          file: name, "expected at least one line with labels, found none\(bad > 0 ? ", \(bad) bad" : "")")
      }
      return lines
    }

    func error(at place: Int, _ field: String, _ expected: String) -> ProblemFileError {
      ProblemFileError(file: name, line: numbers[place], field: field, expected)
    }
  }

  /// Writes what `workspace` lacks, in one transaction: all of it or nothing. A run that is there already with the same lines is
  /// not made twice. Throws ``WorkspaceError``.
  public func write(into workspace: Workspace) throws -> [LabelImportReport] {
    try workspace.write(durably: true) { try write(into: workspace, $0) }
  }

  /// The same as part of a transaction.
  func write(into workspace: Workspace, _ db: Database) throws -> [LabelImportReport] {
    let moment = Timestamp.text(workspace.now())
    return try files.map { file in
      var report = LabelImportReport(source: file.name, lines: file.lines)
      for tree in file.trees {
        let (run, isNew, labels) = try Self.write(tree, into: workspace, at: moment, db)
        report.runs.append(run)
        if isNew { report.newRuns += 1 }
        report.labels += labels
      }
      return report
    }
  }

  private static func write(
    _ tree: LabelledTree, into workspace: Workspace, at moment: String, _ db: Database
  ) throws -> (run: String, isNew: Bool, labels: Int) {
    let encoder = CanonicalJSON.encoder()
    let journal = try tree.events.map { try $0.canonical(encoder) }
    let new = try NewRun(tree.header, journal: journal, totals: RunTotals(atRest: tree.tree))
    let notes = tree.notes.map(\.text)
    let same = try Row.fetchAll(
      db, sql: "SELECT row, id FROM runs WHERE problem = ? AND fingerprint = ? AND events >= ? ORDER BY row",
      arguments: [tree.header.problem.id, new.fingerprint, journal.count])
    // Whoever opened it in the explorer may have gone on with it.
    for row in same where try workspace.journal(of: row.read("id"), beginsWith: journal, db) {
      let kept = try String.fetchAll(
        db, sql: "SELECT text FROM annotations WHERE run = ? AND kind = 'line' ORDER BY place",
        arguments: [row.read("row", as: Int64.self)])
      if kept == notes { return (try row.read("id"), false, 0) }
    }
    let run = try workspace.insert(new, created: moment, updated: moment, db)
    try workspace.copy(notes.enumerated().map { RunNote(.line, at: $0, $1) }, to: run, db)
    let labels = tree.labels.map { at, label in
      var label = label
      label.subject.run = run
      return (at, label)
    }
    return (run, true, try workspace.append(labels, db).count)
  }
}

/// What an import of one label file did.
public struct LabelImportReport: Codable, Equatable, Sendable {
  /// The file.
  public let source: String
  /// Lines that were read.
  public let lines: Int
  /// The runs that hold them, in order.
  public internal(set) var runs: [String] = []
  /// How many of those were not there before.
  public internal(set) var newRuns = 0
  /// Labels that were appended to the log of labels.
  public internal(set) var labels = 0
}
