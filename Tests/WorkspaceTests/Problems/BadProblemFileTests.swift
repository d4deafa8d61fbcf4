import Foundation
import Synchronization
import Testing
import Vocabulary

@testable import Workspace

/// Files that hold no problems, hold bad ones, or are packed or encoded in some way.
@Suite struct BadProblemFileTests {
  private func read(_ bytes: [UInt8], _ options: ProblemFile.Options = .init()) throws -> [Problem] {
    try ProblemFile.read(bytes, name: "data/p", options: options).map(\.problem)
  }

  private func message(_ bytes: [UInt8], _ options: ProblemFile.Options = .init()) -> String? {
    do {
      _ = try read(bytes, options)
      return nil
    } catch {
      return "\(error)"
    }
  }

  /// How a file begins, and a word that is said of it.
  @Test(arguments: [
    (
      "PAR1\u{15}\u{4}",
      "found a Parquet file: duckdb -c \"COPY (FROM 'data/p') TO 'data/p.jsonl' (FORMAT json)\" converts it"
    ),
    ("ARROW1\0\0", "an Arrow (Feather) file"), ("PK\u{3}\u{4}\u{14}", "a zip archive or an Excel sheet"),
    ("SQLite format 3\0", "a database of SQLite"), ("GGUF\u{3}\0", "a model: --model names a model"),
    ("%PDF-1.7", "a PDF document"), ("BZh91AY", "bzip2 -dc data/p | etascope search - reads it"),
    ("version https://git-lfs.github.com/spec/v1\n", "git lfs pull"),
    ("<!DOCTYPE html>\n<html>", "a web page"), ("some\0thing", "found binary data"),
    ("Ben has 4 kites.\nHe buys 15.\n", "expected JSON, or a header with a column 'question'"),
    ("a,b\n1,2\n", "found 'a,b'"), ("question,question\n1,2\n", "question: expected each column once, found it twice"),
    ("", "expected at least one problem, found none"),
    (
      #"[{"idx":900,"steps":[{"step":0,"ys":[""]}],"ys":["x"],"infos":[{"r":0}]}]"#,
      "a tree search's log by another program"
    ),
    (#"{"problem":"p","run":"r","answer":"1","simulations":4,"stopped":"simulations"}"#, "results of etascope search"),
    (#"{"run":"r","problem":{"id":"a"},"header":{},"nodes":[]}"#, "a run that etascope exported"),
    (#"{"architectures":["LlamaForCausalLM"],"model_type":"llama"}"#, "a model's configuration"),
    (#"{"0":{"text":"a","q_value":0.5,"visit_count":3},"0.1":{"text":"b","q_value":0.1}}"#, "a tree, not problems"),
    ("[]", "expected at least one problem, found none"),
  ])
  func aClearWord(_ start: String, _ word: String) throws {
    let said = try #require(message(Array(start.utf8)))
    #expect(said.hasPrefix("data/p"))
    #expect(said.contains(word), "\(said)")
  }

  @Test func aHostileNameIsNoCommand() throws {
    let said = try #require(
      { () -> String? in
        do {
          _ = try ProblemFile.read(Array("PAR1".utf8), name: "a'; rm -rf ~ #.parquet")
          return nil
        } catch { return "\(error)" }
      }())
    #expect(said.contains("FROM 'FILE'"))
  }

  @Test func badRecordsArePassedOverAndNamed() throws {
    let text = """
      {"question":"a"}
      {"question":5}
      not JSON
      {"question":"b","id":"x"}
      {"question":"c","id":"x"}
      """
    let errors = Mutex<[String]>([])
    let problems = try read(
      Array(text.utf8), .init { error in errors.withLock { $0.append("\(error)") } })
    #expect(problems.map(\.question) == ["a", "b"])
    #expect(
      errors.withLock { $0 } == [
        "data/p:2: question: expected a string, found a number", "data/p:3: line: expected a JSON object at byte 1",
        "data/p:5: id: expected each id once, found 'x' in line 4 too",
      ])
    #expect(
      message(Array("{\"question\":1}\n{}\n".utf8), .init { _ in })
        == "data/p: expected at least one problem, found none, 2 bad")
    let row = "question,answer\na,1\nb\n\"c\nd\",2\ne,1,2\n\"f"
    errors.withLock { $0 = [] }
    #expect(
      try read(Array(row.utf8), .init { error in errors.withLock { $0.append("\(error)") } }).map(\.question) == [
        "a", "c\nd",
      ])
    #expect(
      errors.withLock { $0 } == [
        "data/p:3: line: expected 2 fields as in the header, found 1",
        "data/p:6: line: expected 2 fields as in the header, found 3",
        "data/p:7: line: expected '\"' at the end of a quoted field, found the file's end",
      ])
  }

  // MARK: - Packed and encoded

  /// `printf '{"question":"What is 4+15?","answer":"19"}\n' | gzip`
  private static let packed =
    Data(
      base64Encoded: "H4sIAAAAAAAC/6tWKixNLS7JzM9TslIKz0gsUcgsVjDRNjS1V9JRSswrLk8tAkoYWirVcgEAVn136ysAAAA=") ?? Data()

  @Test func gzipIsUnpackedWhateverItsName() throws {
    let packed = [UInt8](Self.packed)
    #expect(try read(packed).map(\.question) == ["What is 4+15?"])
    #expect(
      try read(packed + packed + [0, 0, 0]).count == 2, "members one after the other, then what a tape fills up with")
    #expect(message(Array(packed.dropLast(6))) == "data/p: expected the whole of a gzip file, found only its beginning")
    var damaged = packed
    damaged[packed.count - 6] ^= 1
    #expect(message(damaged) == "data/p: expected a gzip file, found a damaged one")
    #expect(message(packed + Array("more".utf8)) == "data/p: expected a gzip file, found a damaged one")
    #expect(message(packed, .init(longestText: 20)) == "data/p: expected at most 0 MB in the gzip file")
  }

  @Test func unicodeInEachForm() throws {
    let text = #"{"question":"Wie viele Äpfel 🍎?"}"#
    let units = Array(text.utf16)
    let little: [UInt8] = [0xFF, 0xFE] + units.flatMap { unit -> [UInt8] in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    let big: [UInt8] = [0xFE, 0xFF] + units.flatMap { unit -> [UInt8] in [UInt8(unit >> 8), UInt8(unit & 0xFF)] }
    for bytes in [Array(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8), little, big] {
      #expect(try read(bytes).map(\.question) == ["Wie viele Äpfel 🍎?"])
    }
    #expect(
      message(Array(little.dropFirst(2)))?.contains("UTF-16 without a byte order mark: iconv -f UTF-16LE") == true)
    #expect(message(Array(big.dropFirst(2)))?.contains("iconv -f UTF-16BE") == true)
    #expect(message(Array(little.dropLast())) == "data/p: expected UTF-8 or UTF-16, found broken UTF-16")
    #expect(message([0xFF, 0xFE, 0, 0, 0x7B, 0, 0, 0])?.contains("UTF-32") == true)
    // Windows-1252.
    #expect(message(Array("question\n".utf8) + [0xC4, 0x70])?.contains("iconv -f WINDOWS-1252") == true)
    #expect(
      message(Array("[\n{\"question\":\"".utf8) + [0xC4] + Array("\"}]".utf8)) == "data/p:2: line: expected UTF-8 text")
  }

  // MARK: - Anything at all

  /// Bytes at random, and pieces of files put together at random, are read or refused with a word, never trapped over.
  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func hostileFilesAreReadOrRefused(_ seed: UInt64) {
    var random = SplitMix(seed: seed)
    let pieces = [
      "{", "}", "[", "]", "\"", ",", ":", "\n", "\r\n", ";", "\t", "question", "answer", "choices", "messages",
      "\"question\"",
      "\"answer\":", "{\"question\":\"q\"}", "\"choices\":[\"a\",\"b\"]", "\"role\":\"user\"", "NaN", "-Infinity",
      "null", "true",
      "1e999", "\\u0000", "\u{FEFF}", "sep=;", "A)", "a ) x , b ) y", "é", "\u{0}", "[]", "{}", "\"data\":[",
      "\"rows\":[{\"row\":",
      "PAR1", "['a' 'b']", "question,A,B,answer\n", "\"options\":{\"A\":\"x\",\"B\":\"y\"}", "0", "\\", "'",
    ]
    for _ in 0..<1500 {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 1...20, using: &random) {
        if Int.random(in: 0..<12, using: &random) == 0 {
          bytes.append(UInt8.random(in: 0...255, using: &random))
        } else {
          bytes += (pieces.randomElement(using: &random) ?? "").utf8
        }
      }
      if Int.random(in: 0..<40, using: &random) == 0 { bytes = [UInt8](Self.packed).shuffledTail(using: &random) }
      do {
        let problems = try read(bytes, .init(longestText: 1 << 20) { _ in })
        #expect(problems.allSatisfy { !$0.question.isBlank && !$0.id.isEmpty }, "seed \(seed): \(bytes)")
        #expect(Set(problems.map(\.id)).count == problems.count, "seed \(seed): \(bytes)")
      } catch {
        #expect(error is ProblemFileError, "seed \(seed): \(bytes): \(error)")
      }
    }
  }
}

extension [UInt8] {
  /// The same beginning and other bytes behind it.
  fileprivate func shuffledTail(using random: inout SplitMix) -> [UInt8] {
    let cut = Int.random(in: 3..<count, using: &random)
    return Array(self[..<cut]) + self[cut...].map { $0 ^ (Bool.random(using: &random) ? 0 : 0x55) }
  }
}
