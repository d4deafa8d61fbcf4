import Foundation
import GRDB
import TreeSearch
import Vocabulary

/// Trees and labels of other programs, on their way into a workspace.
///
/// Files are read while they are written into it, one tree in memory at a time, in one transaction: all of it or nothing.
public struct TreeImport {
  /// How files are read.
  public struct Options {
    /// The form of the files; nil finds it by what they hold.
    public var format: TreeFormat?
    /// The range of the files' values; nil goes by the form and by the values.
    public var range: ImportOrigin.Scale?
    /// The question, for files that have none, or another.
    public var question: String?
    /// Refuses everything where anything is not as it should be.
    public var isStrict = false
    /// Is told of each bad line, which is then left out; nil refuses everything for it.
    public var passOver: ((ProblemFileError) -> Void)?

    /// Options that find out by themselves.
    public init() {}
  }

  private enum Source {
    case labels(LabelImport)
    case trees(String)
    case checkpoint(String)
    /// What can be read only once.
    case stream(TreeLines)
  }

  private let sources: [Source]
  private let options: Options
  private let version: String

  /// Looks at `paths`, each a file, a folder of files, or `-` for standard input. Files of labels are read and checked here.
  ///
  /// Throws ``ProblemFileError`` that names file, line and field.
  public init(from paths: [String], version: String, options: Options = Options()) throws {
    (self.options, self.version) = (options, version)
    sources = try paths.flatMap { path -> [Source] in
      if OpenEvolveFolder.isOne(path) { return [.checkpoint(path)] }
      return try LabelFile.files(at: path).map { file in
        if file == ProblemFile.standardInput { return try Self.standardInput(version, options) }
        return try options.format == nil && Self.holdsLabels(file)
          ? .labels(LabelImport(from: [file], version: version, passOver: options.passOver)) : .trees(file)
      }
    }
  }

  /// True for a file that begins with a line of a label file.
  private static func holdsLabels(_ path: String) throws -> Bool {
    let isPlain = (try? URL(filePath: path).resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile == true
    guard isPlain, var lines = try? TreeLines(path), let first = try? lines.first(),
      case .success(let value) = first.line.value
    else { return false }
    return holdsLabels(value)
  }

  private static func holdsLabels(_ value: JSONView) -> Bool {
    let line = value.list?.first { _ in true } ?? value
    guard line["question"] ?? line["problem"] ?? line["input"] ?? line["fields"] ?? line["data"] != nil,
      line["label"] ?? line["steps"] ?? line["modified_process"] ?? line["responses"] ?? line["annotations"] != nil,
      let foreign = try? ForeignValue(Array(line.raw)[...])
    else { return false }
    return LabelFormat.all.contains { $0.fits(foreign) }
  }

  /// Standard input can be read only once: as much of it as tells what it holds, and the rest later.
  private static func standardInput(_ version: String, _ options: Options) throws -> Source {
    let name = "standard input"
    do {
      let reader = try InputReader(nil)
      var head: [UInt8] = []
      // Labels are held whole anyway; trees line by line go on from where this stops.
      repeat {
        let more = try reader.next()
        if more.isEmpty { break }
        head += more
      } while !hasWholeLine(head) && head.count < JSONText.longest
      if options.format == nil, let first = firstValue(of: head), holdsLabels(first) {
        while true {
          let more = try reader.next()
          if more.isEmpty { break }
          head += more
        }
        return .labels(try LabelImport(head, named: name, version: version, passOver: options.passOver))
      }
      return .stream(TreeLines(named: name, head, reader))
    } catch let error as InputFile.Failure {
      throw ProblemFileError(file: name, "\(error)")
    }
  }

  /// True where the first line of `head` is a value by itself: then the rest comes line by line.
  private static func hasWholeLine(_ head: [UInt8]) -> Bool {
    guard !Gunzip.isPacked(head), let end = head.firstIndex(of: 0x0A) else { return false }
    return (try? JSONText(Array(head[..<end]))) != nil
  }

  /// The first value of a file that begins with `head`, which is all of it or has its first line.
  private static func firstValue(of head: [UInt8]) -> JSONView? {
    guard let text = try? Gunzip.isPacked(head) ? Gunzip.unpack(head, limit: JSONText.longest) : head else {
      return nil
    }
    let line = text.firstIndex(of: 0x0A).flatMap { try? JSONText(Array(text[..<$0])) }
    return (line ?? (try? JSONText(text)))?.root
  }

  /// Writes what `workspace` lacks. A run that is there already with the same tree is not made twice.
  ///
  /// Throws ``ProblemFileError`` and ``WorkspaceError``; nothing is written then. Complexity: O(bytes).
  public func write(into workspace: Workspace) throws -> [TreeImportReport] {
    try workspace.write(durably: true) { db in
      try sources.flatMap { source -> [TreeImportReport] in
        switch source {
        case .labels(let labels): return try labels.write(into: workspace, db).map { TreeImportReport($0) }
        case .trees(let path): return [try report(TreeLines(path), into: workspace, db)]
        case .stream(let lines): return [try report(lines, into: workspace, db)]
        case .checkpoint(let path):
          var file = TreeFileImport(named: path, workspace, options: options, version: version)
          return [try file.checkpointReport(OpenEvolveFolder.values(in: path), db)]
        }
      }
    }
  }

  /// Reads the values of a file as JSON, one after the other, and makes nothing of them: no import on one thread is faster.
  package static func readAlone(_ path: String) throws {
    var lines = try TreeLines(path)
    guard try lines.first() != nil else { return }
    while try lines.next() != nil {}
  }

  private func report(_ lines: TreeLines, into workspace: Workspace, _ db: Database) throws -> TreeImportReport {
    var file = TreeFileImport(named: lines.name, workspace, options: options, version: version)
    return try file.report(lines, db)
  }
}

/// What an import of one file did.
public struct TreeImportReport: Encodable, Sendable {
  /// The file.
  public let source: String
  /// Its form, as `--form` calls it.
  public internal(set) var format: String?
  /// Lines, or elements of a list, that were read; those that were left out among them.
  public internal(set) var read = 0
  /// The runs that hold the trees, in order.
  public internal(set) var runs: [String] = []
  /// How many of those were not there before.
  public internal(set) var newRuns = 0
  /// Labels that were appended to the log of labels.
  public internal(set) var labels: Int?
  /// Nodes of all trees without their roots.
  public internal(set) var nodes = 0
  /// The most steps of a trajectory.
  public internal(set) var depth = 0
  /// The most children of a node.
  public internal(set) var widest = 0
  /// Nodes with the text of an older sibling.
  public internal(set) var duplicates = 0
  /// Nodes whose parent is not in the file.
  public internal(set) var orphans = 0
  /// Ranges that became [0, 1], by value.
  public internal(set) var scales: [String: ImportOrigin.Scale] = [:]
  /// True where the file says in which order nodes were made.
  public internal(set) var isOrdered: Bool?
  /// What is not as it should be.
  public internal(set) var findings = ImportFindings()

  init(source: String) { self.source = source }

  init(_ labels: LabelImportReport) {
    source = labels.source
    (format, read, runs, newRuns) = ("labels", labels.lines, labels.runs, labels.newRuns)
    self.labels = labels.labels
  }

  private enum CodingKeys: String, CodingKey {
    case source, format, read, runs, newRuns, labels, nodes, depth, widest, duplicates, orphans, scales, isOrdered
    case kept, repaired, dropped, found, findings, lines
  }

  /// Writes what was read, and how many findings of each kind and outcome there are with the first of them.
  public func encode(to encoder: any Encoder) throws {
    var c = encoder.container(keyedBy: CodingKeys.self)
    try c.encode(source, forKey: .source)
    try c.encodeIfPresent(format, forKey: .format)
    try c.encode(runs, forKey: .runs)
    try c.encode(newRuns, forKey: .newRuns)
    if let labels {
      try c.encode(read, forKey: .lines)
      return try c.encode(labels, forKey: .labels)
    }
    try c.encode(read, forKey: .read)
    for (key, count) in [
      (CodingKeys.nodes, nodes), (.depth, depth), (.widest, widest), (.duplicates, duplicates), (.orphans, orphans),
    ] { try c.encode(count, forKey: key) }
    try c.encode(scales, forKey: .scales)
    try c.encodeIfPresent(isOrdered, forKey: .isOrdered)
    for (key, outcome) in [(CodingKeys.kept, ImportFinding.Outcome.kept), (.repaired, .repaired), (.dropped, .dropped)]
    {
      try c.encode(findings.outcomes[outcome] ?? 0, forKey: key)
    }
    let found = findings.counts.map { ($0.key.rawValue, $0.value) }
    try c.encode(Dictionary(found) { first, _ in first }, forKey: .found)
    try c.encode(findings.first, forKey: .findings)
  }
}
