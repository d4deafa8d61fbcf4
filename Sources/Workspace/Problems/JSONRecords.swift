/// The records of JSON text, in each of the forms that people keep problems in.
///
/// JSON Lines; a list; one object, pretty or not; objects one after the other; an object around the list
/// (`{"data": […]}`, `{"train": […], "test": […]}`); columns (`{"question": […], "answer": […]}`); problems under their ids.
struct JSONRecords {
  typealias Fault = ProblemRecord.Fault

  /// A record's members, or what is wrong with it, and the line that it begins on.
  struct Entry {
    let line: Int
    let members: Result<[JSONScanner.Member], Fault>
  }

  private let bytes: [UInt8]
  private let names: ProblemFieldNames
  private var lineStart = 0
  private var lineNumber = 1

  private init(_ bytes: [UInt8], _ names: ProblemFieldNames) { (self.bytes, self.names) = (bytes, names) }

  /// The records of `bytes`. Throws a located ``ProblemFileError`` where a text that is not JSON Lines cannot be read at all.
  static func entries(_ bytes: [UInt8], name: String, names: ProblemFieldNames) throws -> [Entry] {
    if isLines(bytes) { return lines(bytes) }
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw ProblemFileError(
        file: name, line: brokenLine(bytes), field: "line", "expected UTF-8 text")
    }
    var records = JSONRecords(bytes, names)
    do {
      return records.document(try JSONScanner.values(in: bytes[...], knowsNaN: true))
    } catch let problem as JSONScanner.Problem {
      let line = records.line(at: problem.offset)
      throw ProblemFileError(
        file: name, line: line, field: "line",
        "expected \(problem.expected) at byte \(problem.offset - records.lineStart + 1)")
    }
  }

  // MARK: - Lines

  /// True where each line is a text of its own: the first, or one after it, is a whole object.
  private static func isLines(_ bytes: [UInt8]) -> Bool {
    var (seen, start, hasWhole) = (0, 0, false)
    // A pretty file is told apart by its first lines.
    while start < bytes.count, seen < 64 {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      let line = bytes[start..<end]
      start = end + 1
      if isEmpty(line) { continue }
      seen += 1
      if seen == 1 {
        let first = line.first { !isSpace($0) }
        if first == UInt8(ascii: "[") { return false }
        if first != UInt8(ascii: "{") { return true }
        // A brace alone opens an object of several lines, whatever those hold.
        if line.count(where: { !isSpace($0) }) == 1 { return false }
      }
      if line.first == UInt8(ascii: "{"), (try? JSONScanner.members(of: line, knowsNaN: true)) != nil {
        hasWhole = true
      }
      if hasWhole, seen > 1 { return true }
    }
    return seen == 0
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

  private static func isEmpty(_ line: some Collection<UInt8>) -> Bool {
    line.allSatisfy(isSpace)
  }

  private static func lines(_ bytes: [UInt8]) -> [Entry] {
    var entries: [Entry] = []
    var start = 0
    var number = 0
    while start < bytes.count {
      number += 1
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      let line = bytes[start..<end]
      start = end + 1
      if !isEmpty(line) { entries.append(Entry(line: number, members: members(of: line))) }
    }
    return entries
  }

  private static func members(of line: ArraySlice<UInt8>) -> Result<[JSONScanner.Member], Fault> {
    func fault(_ expected: String) -> Result<[JSONScanner.Member], Fault> {
      .failure(Fault(field: "line", expected: expected))
    }
    if line.count > ProblemFile.longestLine { return fault(ProblemFile.tooLong(line.count)) }
    guard String(validating: line, as: UTF8.self) != nil else { return fault("expected UTF-8 text") }
    do {
      return .success(try JSONScanner.members(of: line, knowsNaN: true))
    } catch {
      let problem = error as? JSONScanner.Problem
      return fault("expected \(problem?.expected ?? "a JSON object") at byte \((problem?.offset ?? 0) + 1)")
    }
  }

  private static func brokenLine(_ bytes: [UInt8]) -> Int {
    var number = 1
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      if String(validating: line, as: UTF8.self) == nil { return number }
      number += 1
    }
    return number
  }

  // MARK: - Documents

  /// The line at `offset`; asked with growing offsets.
  private mutating func line(at offset: Int) -> Int {
    var at = lineStart
    while at < min(offset, bytes.count) {
      if bytes[at] == 0x0A { (lineNumber, lineStart) = (lineNumber + 1, at + 1) }
      at += 1
    }
    return lineNumber
  }

  private mutating func document(_ values: [JSONScanner.Value]) -> [Entry] {
    if values.count == 1, let members = values[0].members { return wrapped(members, values[0], depth: 0) }
    return values.flatMap { value in value.elements.map { elements($0) } ?? [entry(value)] }
  }

  private mutating func elements(_ elements: [JSONScanner.Value]) -> [Entry] {
    elements.map { entry($0) }
  }

  private mutating func entry(_ value: JSONScanner.Value, with more: [JSONScanner.Member] = []) -> Entry {
    let line = line(at: value.raw.startIndex)
    if value.raw.count > ProblemFile.longestLine {
      return Entry(
        line: line, members: .failure(Fault(field: "line", expected: ProblemFile.tooLong(value.raw.count))))
    }
    guard var members = value.members else {
      let fault = Fault(field: "line", expected: "expected a JSON object, found \(value.kind.rawValue)")
      return Entry(line: line, members: .failure(fault))
    }
    // The rows that a data set's server gives.
    if !isProblem(members), let row = members.first(where: { $0.key == "row" })?.value.members { members = row }
    let known = Set(members.map(\.key))
    return Entry(line: line, members: .success(members + more.filter { !known.contains($0.key) }))
  }

  /// The records in an object that is a problem, or goes around problems.
  private mutating func wrapped(_ members: [JSONScanner.Member], _ whole: JSONScanner.Value, depth: Int) -> [Entry] {
    if isProblem(members) || ForeignRecord.words(members) != nil { return [entry(whole)] }
    if let rows = columns(members) { return rows }
    let lists = members.filter { ($0.value.elements ?? []).contains { $0.kind == .object } }
    if let list = Self.wrapperNames.lazy.compactMap({ name in lists.first { $0.key.lowercased() == name } }).first
      ?? (lists.count == 1 ? lists[0] : nil)
    {
      return parts([list], of: members, depth: depth)
    }
    if !lists.isEmpty { return parts(lists, of: members, depth: depth) }
    let objects = members.filter { $0.kind == .object }
    if !objects.isEmpty, objects.count == members.count, objects.allSatisfy({ isProblem($0.value.members ?? []) }) {
      return objects.map { entry($0.value, with: [.init(key: "id", value: .init(text: $0.key))]) }
    }
    if depth < Self.deepest, objects.count == 1 || objects.count == members.count && objects.allSatisfy(holdsRecords) {
      return objects.flatMap { wrapped($0.value.members ?? [], $0.value, depth: depth + 1) }
    }
    return [entry(whole)]
  }

  private static let wrapperNames = [
    "problems", "data", "questions", "examples", "items", "rows", "instances", "samples", "records", "dataset",
  ]
  private static let splits: Set = ["train", "test", "dev", "val", "valid", "validation", "eval"]

  /// The elements of lists; one that is named as a split says which problems belong to it. A passage beside the lists is of
  /// all their questions.
  private mutating func parts(
    _ lists: [JSONScanner.Member], of whole: [JSONScanner.Member], depth: Int
  ) -> [Entry] {
    let passages = whole.filter {
      $0.kind == .string && ProblemField.passage.names.contains(ProblemField.plain($0.key))
    }
    return lists.flatMap { list -> [Entry] in
      let isSplit = Self.splits.contains(list.key.lowercased())
      let split = isSplit ? [JSONScanner.Member(key: "split", value: .init(text: list.key))] : []
      return (list.value.elements ?? []).flatMap { element -> [Entry] in
        // SQuAD has paragraphs in articles, and questions in paragraphs.
        if depth < Self.deepest, let inner = element.members, !isProblem(inner), inner.contains(where: holdsRecords) {
          return wrapped(inner, element, depth: depth + 1)
        }
        return [entry(element, with: split + passages)]
      }
    }
  }

  /// Levels of wrappers that are looked into.
  private static let deepest = 4

  /// True where objects stand in a list under this name, or in an object under it.
  private func holdsRecords(_ member: JSONScanner.Member) -> Bool {
    if let elements = member.value.elements { return elements.contains { $0.kind == .object } }
    return (member.value.members ?? []).contains { ($0.value.elements ?? []).contains { $0.kind == .object } }
  }

  private func isProblem(_ members: [JSONScanner.Member]) -> Bool {
    (try? ProblemRecord(members, line: 0, names: names))?.asksSomething ?? true
  }

  /// The rows of columns: lists of the same length, or objects with the same keys as pandas writes them.
  private mutating func columns(_ members: [JSONScanner.Member]) -> [Entry]? {
    guard let record = try? ProblemRecord(members, line: 0, names: names),
      let question = record.values(of: .question).first(where: { Self.cells($0.value) != nil })?.value,
      let cells = Self.cells(question), cells.contains(where: { $0.value.text != nil })
    else { return nil }
    let all = members.compactMap { member in Self.cells(member.value).map { (member.key, $0) } }
    let columns = all.filter { $0.1.count == cells.count }
    let known = Set(ProblemField.allCases.flatMap(names.names))
    if let other = all.first(where: { $0.1.count != cells.count && known.contains(ProblemField.plain($0.0)) }) {
      let fault = Fault(
        field: other.0, expected: "expected \(cells.count) values, as many as questions, found \(other.1.count)")
      return [Entry(line: line(at: cells.first?.value.raw.startIndex ?? 0), members: .failure(fault))]
    }
    return cells.indices.map { row in
      let members = columns.map { JSONScanner.Member(key: $0.0, value: $0.1[row].value) }
      return Entry(line: line(at: cells[row].value.raw.startIndex), members: .success(members))
    }
  }

  private static func cells(_ value: JSONScanner.Value) -> [JSONScanner.Member]? {
    value.elements?.map { JSONScanner.Member(key: "", value: $0) } ?? value.members
  }
}
