/// What stands in a file before anybody knows what it says: unpacked, and as UTF-8.
enum ProblemBytes {
  /// The text of a file as bytes, mostly UTF-8 (a line of JSON Lines may be broken and is named where it is read), without a byte
  /// order mark. Throws ``ProblemFileError`` for what is no text.
  static func text(_ bytes: [UInt8], name: String, limit: Int) throws -> [UInt8] {
    var bytes = bytes
    if Gunzip.isPacked(bytes) { bytes = try unpacked(bytes, name: name, limit: limit) }
    if bytes.count > limit { throw ProblemFileError(file: name, "expected at most \(limit >> 20) MB") }
    if let kind = FileKind.all.first(where: { $0.fits(bytes) }) { throw ProblemFileError(file: name, kind.words(name)) }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return Array(bytes[3...]) }
    if bytes.starts(with: [0xFF, 0xFE, 0, 0]) || bytes.starts(with: [0, 0, 0xFE, 0xFF]) {
      throw ProblemFileError(file: name, "expected UTF-8, found UTF-32: iconv -f UTF-32 -t UTF-8 converts it")
    }
    if bytes.starts(with: [0xFF, 0xFE]) { return try fromUTF16(bytes, name: name, isLittleEndian: true) }
    if bytes.starts(with: [0xFE, 0xFF]) { return try fromUTF16(bytes, name: name, isLittleEndian: false) }
    if let zero = bytes.prefix(1 << 12).firstIndex(of: 0) {
      let isWide = bytes.count > 3 && zero < 2 && bytes[zero + 2] == 0 && bytes[1 - zero] != 0
      throw ProblemFileError(
        file: name,
        isWide
          ? "expected UTF-8, found UTF-16 without a byte order mark: iconv -f UTF-16\(zero == 1 ? "LE" : "BE") -t UTF-8 converts it"
          : "expected text, found binary data")
    }
    return bytes
  }

  private static func unpacked(_ bytes: [UInt8], name: String, limit: Int) throws -> [UInt8] {
    do {
      return try Gunzip.unpack(bytes, limit: limit)
    } catch {
      let reason =
        switch error {
        case .truncated: "expected the whole of a gzip file, found only its beginning"
        case .damaged: "expected a gzip file, found a damaged one"
        case .tooLong: "expected at most \(limit >> 20) MB in the gzip file"
        case .unavailable(let reason): "cannot be unpacked: \(reason)"
        }
      throw ProblemFileError(file: name, reason)
    }
  }

  private static func fromUTF16(_ bytes: [UInt8], name: String, isLittleEndian: Bool) throws -> [UInt8] {
    let units = stride(from: 2, to: bytes.count - 1, by: 2).map { at in
      let (first, second) = (UInt16(bytes[at]), UInt16(bytes[at + 1]))
      return isLittleEndian ? second << 8 | first : first << 8 | second
    }
    guard bytes.count.isMultiple(of: 2), let text = String(validating: units, as: UTF16.self) else {
      throw ProblemFileError(file: name, "expected UTF-8 or UTF-16, found broken UTF-16")
    }
    return Array(text.utf8)
  }
}

/// A kind of file that holds no problems etascope could read, known by how it begins.
struct FileKind {
  /// What it is.
  private let what: String
  /// What whoever gave it can do.
  private let advice: @Sendable (String) -> String
  private let magic: [UInt8]
  private let offset: Int

  private init(
    _ what: String, _ magic: [UInt8], offset: Int = 0, advice: @escaping @Sendable (String) -> String = { _ in "" }
  ) {
    (self.what, self.magic, self.offset, self.advice) = (what, magic, offset, advice)
  }

  private init(
    _ what: String, _ magic: String, offset: Int = 0, advice: @escaping @Sendable (String) -> String = { _ in "" }
  ) {
    self.init(what, Array(magic.utf8), offset: offset, advice: advice)
  }

  func fits(_ bytes: [UInt8]) -> Bool {
    bytes.count >= offset + magic.count && bytes[offset...].starts(with: magic)
  }

  /// The sentence for whoever gave a file called `name`.
  func words(_ name: String) -> String {
    let advice = advice(Self.shellName(name))
    return "expected problems as JSON Lines, JSON, CSV or TSV, found \(what)" + (advice.isEmpty ? "" : ": \(advice)")
  }

  /// `name` where it can stand in a command line as it is, else `FILE`.
  static func shellName(_ name: String) -> String {
    let isPlain = name.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || "/._-".utf8.contains(byte)
    }
    return isPlain && !name.hasPrefix("-") ? name : "FILE"
  }

  private static func convert(_ reader: String) -> @Sendable (String) -> String {
    { name in
      let base = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
      return "python3 -c \"import pandas as p; p.read_\(reader)('\(name)').to_json('\(base).jsonl', orient='records', "
        + "lines=True)\" converts it"
    }
  }

  static let all: [FileKind] = [
    FileKind("a Parquet file", "PAR1") { name in
      let base = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
      return "duckdb -c \"COPY (FROM '\(name)') TO '\(base).jsonl' (FORMAT json)\" converts it, and so does "
        + "python3 -c \"import pandas as p; p.read_parquet('\(name)').to_json('\(base).jsonl', orient='records', lines=True)\""
    },
    FileKind("an Arrow (Feather) file", "ARROW1", advice: convert("feather")),
    FileKind("a Feather file", "FEA1", advice: convert("feather")),
    FileKind("an Arrow stream", [0xFF, 0xFF, 0xFF, 0xFF]) { name in
      "python3 -c \"import datasets as d; d.Dataset.from_file('\(name)').to_json('problems.jsonl')\" converts it"
    },
    FileKind("a zip archive or an Excel sheet", [0x50, 0x4B, 0x03, 0x04]) { _ in
      "unpack it, or save the sheet as CSV"
    },
    FileKind("an old Excel sheet", [0xD0, 0xCF, 0x11, 0xE0]) { _ in "save it as CSV" },
    FileKind("a Zstandard archive", [0x28, 0xB5, 0x2F, 0xFD]) { "zstd -dc \($0) | etascope search - reads it" },
    FileKind("a bzip2 archive", "BZh") { "bzip2 -dc \($0) | etascope search - reads it" },
    FileKind("an xz archive", [0xFD, 0x37, 0x7A, 0x58, 0x5A]) { "xz -dc \($0) | etascope search - reads it" },
    FileKind("a tar archive", "ustar", offset: 257) { _ in "unpack it" },
    FileKind("a 7z archive", [0x37, 0x7A, 0xBC, 0xAF]) { _ in "unpack it" },
    FileKind("a database of SQLite, perhaps a workspace", "SQLite format 3") { _ in
      "--workspace names a workspace"
    },
    FileKind("a model", "GGUF") { _ in "--model names a model" },
    FileKind("a NumPy array", [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]),
    FileKind("a pickle of Python", [0x80, 0x04, 0x95]),
    FileKind("a PDF document", "%PDF"),
    FileKind("a picture", [0x89, 0x50, 0x4E, 0x47]),
    FileKind("a program", [0x7F, 0x45, 0x4C, 0x46]),
    FileKind("a pointer of Git LFS", "version https://git-lfs") { _ in "git lfs pull fetches the file itself" },
    FileKind("a web page", "<!DOCTYPE") { _ in "the file itself has a link of its own, such as 'raw' or 'download'" },
    FileKind("a web page", "<!doctype") { _ in "the file itself has a link of its own, such as 'raw' or 'download'" },
    FileKind("a web page", "<html") { _ in "the file itself has a link of its own, such as 'raw' or 'download'" },
  ]
}
