import GRDB

/// A table, an index, a trigger or a view of a database.
struct SchemaObject: Hashable, Comparable, CustomStringConvertible {
  /// `table`, `index`, `trigger` or `view`.
  let kind: String
  let name: String
  private let table: String
  /// What makes it; without it for an index that a table brings along.
  private let sql: String?

  init(_ row: Row) throws {
    self.init(
      try row.read("type"), try row.read("name"), of: try row.read("tbl_name"), try row.readIfPresent("sql"))
  }

  private init(_ kind: String, _ name: String, of table: String, _ sql: String?) {
    (self.kind, self.name, self.table) = (kind, name, table)
    // Versions have indented it differently.
    self.sql = sql?.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// What SQLite itself adds where somebody has asked it to look at its indices.
  static let statistics: Set = [
    SchemaObject("table", "sqlite_stat1", of: "sqlite_stat1", "CREATE TABLE sqlite_stat1(tbl,idx,stat)"),
    SchemaObject(
      "table", "sqlite_stat4", of: "sqlite_stat4", "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)"),
  ]

  var description: String { "\(kind) '\(name)'" }

  static func < (a: SchemaObject, b: SchemaObject) -> Bool { (a.kind, a.name) < (b.kind, b.name) }
}
