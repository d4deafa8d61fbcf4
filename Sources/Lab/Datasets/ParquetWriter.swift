import Foundation
import Workspace

/// Makes Parquet of JSON Lines by a program of the machine's: DuckDB's command, or a Python that has `pyarrow`.
///
/// What is in the files reaches the program as files alone: it gets their names, and the names and types of our own columns.
package struct ParquetWriter: Sendable {
  /// Who does it.
  private enum Tool: Sendable {
    case duckdb(String)
    case python(String)
  }

  private let tool: Tool

  /// What is there, DuckDB first. Throws `LabError` that says what to install where there is neither.
  package init(environment: [String: String] = ProcessInfo.processInfo.environment) throws {
    let folders = (environment["PATH"] ?? "").split(separator: ":").map(String.init)
    func found(_ name: String) -> [String] {
      folders.map { "\($0)/\(name)" }.filter { FileManager.default.isExecutableFile(atPath: $0) }
    }
    if let duckdb = found("duckdb").first {
      tool = .duckdb(duckdb)
      return
    }
    let cache = environment["XDG_CACHE_HOME"] ?? (environment["HOME"] ?? "") + "/.cache"
    let pythons = found("python3") + ["\(cache)/etascope/trainer/bin/python3"]
    let able = pythons.first { python in
      FileManager.default.isExecutableFile(atPath: python)
        && (try? Self.run(python, ["-c", "import pyarrow.json, pyarrow.parquet"], in: "/"))?.code == 0
    }
    guard let able else {
      throw LabError.settings(
        "--parquet: expected duckdb on the PATH, or a python3 with pyarrow, found neither; 'pip install pyarrow' or 'make trainer' "
          + "brings one")
    }
    tool = .python(able)
  }

  /// Puts `NAME.parquet` in place of each `NAME.jsonl` of `folder`, with `columns`. Throws `LabError` with the program's last line.
  package func convert(_ names: [String], in folder: URL, columns: [DatasetColumn]) throws {
    let place = folder.path(percentEncoded: false)
    for name in names {
      let (program, arguments) =
        switch tool {
        case .duckdb(let path): (path, ["-c", Self.sql(name, columns)])
        case .python(let path): (path, ["-I", "-c", Self.script, name] + columns.map { "\($0.name)=\(Self.type($0))" })
        }
      let done = try Self.run(program, arguments, in: place)
      guard done.code == 0, FileManager.default.fileExists(atPath: "\(place)/\(name).parquet") else {
        let last = done.errors.split(whereSeparator: \.isNewline).last.map(String.init) ?? "exit code \(done.code)"
        throw LabError.failed("--parquet: \(program): \(last.printable)")
      }
      try FileManager.default.removeItem(atPath: "\(place)/\(name).jsonl")
    }
  }

  // MARK: - Types

  /// A column's type in words that both programs get from ``sql(_:_:)`` or the script.
  private static func type(_ column: DatasetColumn) -> String {
    switch column.kind {
    case .messages: "messages"
    case .thoughtMessages: "thoughts"
    case .text, .integer, .number, .flag: (column.isList ? "list:" : "") + column.kind.rawValue
    }
  }

  private static func sql(_ name: String, _ columns: [DatasetColumn]) -> String {
    let types = columns.map { column in
      let plain: String =
        switch column.kind {
        case .text: "VARCHAR"
        case .integer: "BIGINT"
        case .number: "DOUBLE"
        case .flag: "BOOLEAN"
        case .messages: "STRUCT(role VARCHAR, content VARCHAR)[]"
        case .thoughtMessages: "STRUCT(role VARCHAR, content VARCHAR, reasoning_content VARCHAR)[]"
        }
      return "'\(column.name)': '\(plain)\(column.isList ? "[]" : "")'"
    }
    return
      "COPY (SELECT * FROM read_json('\(name).jsonl', format = 'newline_delimited', maximum_object_size = 1073741824, "
      + "columns = {\(types.joined(separator: ", "))})) TO '\(name).parquet' (FORMAT parquet);"
  }

  /// Reads the file in blocks as long as its longest line, so that a file of any length needs little memory.
  private static let script = """
    from sys import argv
    from pyarrow import json as pj, parquet as pq
    pa = __import__("pyarrow")
    plain = {"string": pa.string(), "int64": pa.int64(), "float64": pa.float64(), "bool": pa.bool_()}
    def turns(names): return pa.list_(pa.struct([(name, pa.string()) for name in names]))
    def kind(word):
        if word == "messages": return turns(["role", "content"])
        if word == "thoughts": return turns(["role", "content", "reasoning_content"])
        return pa.list_(plain[word[5:]]) if word.startswith("list:") else plain[word]
    name, *columns = argv[1:]
    schema = pa.schema([(key, kind(word)) for key, word in (column.split("=") for column in columns)])
    longest = max(len(line) for line in open(name + ".jsonl", "rb"))
    options = pj.ParseOptions(explicit_schema=schema, unexpected_field_behavior="error")
    with pj.open_json(name + ".jsonl", read_options=pj.ReadOptions(block_size=max(1 << 20, 2 * longest), use_threads=False),
                      parse_options=options) as rows, pq.ParquetWriter(name + ".parquet", schema) as out:
        for batch in rows:
            out.write_batch(batch.select(schema.names))
    """

  private static func run(_ program: String, _ arguments: [String], in folder: String) throws -> (
    code: Int32, errors: String
  ) {
    let process = Process()
    let errors = Pipe()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: folder)
    (process.standardInput, process.standardOutput, process.standardError) = (
      FileHandle.nullDevice, FileHandle.nullDevice, errors
    )
    do {
      try process.run()
    } catch {
      throw LabError.failed("--parquet: \(program) cannot be started: \(error.localizedDescription)")
    }
    let said = (try? errors.fileHandleForReading.readToEnd()) ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: said, as: UTF8.self))
  }
}
