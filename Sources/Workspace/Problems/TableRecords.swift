/// The records of a table with a header: CSV as RFC 4180 has it and as spreadsheets write it, TSV.
///
/// Fields in quotes may hold separators, line breaks and doubled quotes; the separator is the one that makes the header name a
/// question; a line `sep=;` before it says so itself.
struct TableRecords {
  typealias Fault = ProblemRecord.Fault

  private struct Row {
    let line: Int
    var cells: [String] = []
    /// True where the last quoted field never ends.
    var isOpen = false
  }

  private let bytes: [UInt8]
  private var at: Int
  private var line: Int

  private init(_ bytes: [UInt8], at: Int = 0, line: Int = 1) { (self.bytes, self.at, self.line) = (bytes, at, line) }

  /// The records of `bytes`. Throws a ``ProblemFileError`` where the header names no question.
  static func entries(_ bytes: [UInt8], name: String, names: ProblemFieldNames) throws -> [JSONRecords.Entry] {
    let start = TableRecords(bytes).afterSeparatorLine
    let separator = start.separator ?? self.separator(start.rows, names)
    var rows = start.rows
    guard let separator, let header = rows.row(separator) else {
      throw ProblemFileError(file: name, line: start.rows.line, field: "header", noQuestion(start.rows))
    }
    let columns = header.cells.map(\.trimmed)
    var seen: Set<String> = []
    for column in columns where !column.isEmpty {
      guard seen.insert(column).inserted else {
        throw ProblemFileError(
          file: name, line: header.line, field: column, "expected each column once, found it twice")
      }
    }
    // The text of a file with one column needs no quotes.
    let between = columns.count > 1 ? separator : nil
    var entries: [JSONRecords.Entry] = []
    while let row = rows.row(between) {
      if row.cells.allSatisfy(\.isBlank), !row.isOpen { continue }
      entries.append(JSONRecords.Entry(line: row.line, members: members(of: row, columns)))
    }
    return entries
  }

  /// True where the first line of `bytes` is a header that names a question.
  static func hasHeader(_ bytes: [UInt8], names: ProblemFieldNames) -> Bool {
    let start = TableRecords(bytes).afterSeparatorLine
    return start.separator != nil || separator(start.rows, names) != nil
  }

  private static func members(of row: Row, _ columns: [String]) -> Result<[JSONScanner.Member], Fault> {
    if row.isOpen {
      return .failure(
        Fault(field: "line", expected: "expected '\"' at the end of a quoted field, found the file's end"))
    }
    // Spreadsheets fill rows up with empty cells.
    let surplus = row.cells.dropFirst(columns.count).contains { !$0.isBlank }
    if surplus || row.cells.count < columns.count {
      return .failure(
        Fault(
          field: "line", expected: "expected \(columns.count) fields as in the header, found \(row.cells.count)"))
    }
    return .success(
      zip(columns, row.cells).filter { !$0.0.isEmpty }.map { column, cell in
        JSONScanner.Member(key: column, value: cell.isBlank ? .null : JSONScanner.Value(text: cell))
      })
  }

  // MARK: - The separator

  private static let separators: [UInt8] = [",", "\t", ";", "|"].map { UInt8(ascii: $0) }

  /// The separator that makes the header name a question, in the most columns; nil where none does.
  private static func separator(_ rows: TableRecords, _ names: ProblemFieldNames) -> UInt8? {
    var best: (separator: UInt8, count: Int)?
    for separator in separators {
      var rows = rows
      guard let header = rows.row(separator) else { continue }
      let members = header.cells.map { JSONScanner.Member(key: $0.trimmed, value: .init(text: "x")) }
      guard let record = try? ProblemRecord(members.filter { !$0.key.isEmpty }, line: 1, names: names) else {
        // A column that stands twice is told of by whoever reads the header.
        if header.cells.count > best?.count ?? 1 { best = (separator, header.cells.count) }
        continue
      }
      let hasQuestion =
        record.value(of: .question) != nil || record.value(of: .turns) != nil
        || record.joinedQuestion != nil
      if hasQuestion, header.cells.count > best?.count ?? 0 { best = (separator, header.cells.count) }
    }
    return best?.separator
  }

  private static func noQuestion(_ rows: TableRecords) -> String {
    var rows = rows
    let found = rows.row(nil).map { String($0.cells.joined().prefix(80)) } ?? ""
    return
      "expected JSON, or a header with a column 'question' (--fields question=COLUMN,answer=COLUMN names others), found '"
      + found + "'"
  }

  /// What follows a first line `sep=;`, with that separator.
  private var afterSeparatorLine: (rows: TableRecords, separator: UInt8?) {
    guard bytes.starts(with: "sep=".utf8), bytes.count > 5, let end = bytes.firstIndex(of: 0x0A) else {
      return (self, nil)
    }
    return (TableRecords(bytes, at: end + 1, line: 2), bytes[4])
  }

  // MARK: - Rows

  /// The next row; nil at the end. Without a separator a line is one cell, unless it is quoted.
  private mutating func row(_ separator: UInt8?) -> Row? {
    guard at < bytes.count else { return nil }
    var row = Row(line: line)
    while true {
      let cell = at < bytes.count && bytes[at] == UInt8(ascii: "\"") ? quoted(separator, &row) : plain(separator)
      row.cells.append(cell)
      guard at < bytes.count else { return row }
      if bytes[at] == separator {
        at += 1
        // A separator at the end of the file has an empty cell behind it.
        if at == bytes.count {
          row.cells.append("")
          return row
        }
        continue
      }
      skipLineEnd()
      return row
    }
  }

  private func isEnd(_ byte: UInt8, _ separator: UInt8?) -> Bool { byte == separator || byte == 0x0A || byte == 0x0D }

  private mutating func skipLineEnd() {
    if bytes[at] == 0x0D, at + 1 < bytes.count, bytes[at + 1] == 0x0A { at += 1 }
    at += 1
    line += 1
  }

  private mutating func plain(_ separator: UInt8?) -> String {
    let start = at
    while at < bytes.count, !isEnd(bytes[at], separator) { at += 1 }
    return String(decoding: bytes[start..<at], as: UTF8.self)
  }

  private mutating func quoted(_ separator: UInt8?, _ row: inout Row) -> String {
    at += 1
    var text: [UInt8] = []
    while at < bytes.count {
      let byte = bytes[at]
      if byte == UInt8(ascii: "\"") {
        if at + 1 < bytes.count, bytes[at + 1] == byte {
          text.append(byte)
          at += 2
          continue
        }
        at += 1
        // What stands behind the closing quote belongs to the field, as programs that quote carelessly mean it.
        while at < bytes.count, !isEnd(bytes[at], separator) {
          text.append(bytes[at])
          at += 1
        }
        return String(decoding: text, as: UTF8.self)
      }
      if byte == 0x0A { line += 1 }
      text.append(byte)
      at += 1
    }
    row.isOpen = true
    return String(decoding: text, as: UTF8.self)
  }
}
