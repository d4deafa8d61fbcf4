import Foundation
import Testing
import TreeInsight
import TreeSearch
import Vocabulary

@testable import Workspace

@Suite struct ProblemFileTests {
  private func read(_ text: String) throws -> [LoadedProblem] {
    try ProblemFile.read(Array(text.utf8), name: "p.jsonl")
  }

  @Test func readsEveryField() throws {
    let problems = try read(
      """
      {"id":"a","question":"Q?","answer":"25","source":"s","split":"dev"}
      {"question":"Only a question"}
      """)
    #expect(problems[0].problem == Problem(id: "a", question: "Q?", answer: "25", source: "s", split: "dev"))
    // printf 'Only a question' | sha256sum
    #expect(problems[1].problem == Problem(id: "d1b62da00663", question: "Only a question"))
    #expect(problems.map(\.line) == [1, 2])
    #expect(problems.map(\.extra) == [nil, nil])
  }

  @Test func numbersBecomeTextAsTheyWereWritten() throws {
    let problems = try read(
      #"{"id":7,"question":"Q","answer":0.50}"# + "\n" + #"{"question":"R","answer":-12,"split":null}"#)
    #expect(problems.map(\.problem.answer) == ["0.50", "-12"])
    #expect(problems[0].problem.id == "7")
  }

  @Test func unknownFieldsKeepTheirSpelling() throws {
    let problem = try read(#"{"n": 1e400, "question":"Q", "deep": {"b":[1,  2],"a":"\u0041"}, "k\"":null}"#)[0]
    #expect(problem.extra == #"{"n":1e400,"deep":{"b":[1,  2],"a":"\u0041"},"k\"":null}"#)
  }

  @Test func byteOrderMarkCRLFAndEmptyLinesAreTolerated() throws {
    let problems = try read("\u{FEFF}{\"question\":\"A\"}\r\n\r\n  \n{\"question\":\"B\"}\r\n")
    #expect(problems.map(\.problem.question) == ["A", "B"])
    #expect(problems.map(\.line) == [1, 4])
  }

  @Test func hostileTextIsKeptAsData() throws {
    let problem = try read(#"{"id":"h","question":"\u001b[2J\u0000\u202e x"}"#)[0]
    #expect(problem.problem.question == "\u{1B}[2J\0\u{202E} x")
  }

  static let good = #"{"id":"a","question":"Q"}"#
  static let unfinished = #"{"question":"Q""#

  private static let badLines: [(String, String)] = [
    ("", "p.jsonl: expected at least one problem, found none"),
    ("\n \r\n", "p.jsonl: expected at least one problem, found none"),
    (unfinished, "p.jsonl:1: line: expected ',' or '}' at byte 16"),
    (good + "\nnot json", "p.jsonl:2: line: expected a JSON object at byte 1"),
    (good + "\n\n[1]", "p.jsonl:3: line: expected a JSON object at byte 1"),
    ("[1]", "p.jsonl:1: line: expected a JSON object, found a number"),
    ("[\(good),\n{\"question\":\"R\" \"a\":1}]", "p.jsonl:2: line: expected ',' or '}' at byte 17"),
    (
      #"{"question":["Q","R"],"answer":["5"]}"#, "p.jsonl:1: answer: expected 2 values, as many as questions, found 1"
    ),
    ("what is 4 + 15?", "p.jsonl:1: line: expected a JSON object at byte 1"),
    (
      #"{"x":1,"y":"z"}"#,
      "p.jsonl:1: question: expected a string that is not empty, found the fields x, y; --fields question=NAME,answer=NAME "
        + "says which is which"
    ),
    (#"{"id":"x"}"#, "p.jsonl:1: question: expected a string that is not empty"),
    (#"{"question":" \n"}"#, "p.jsonl:1: question: expected a string that is not empty"),
    (#"{"question":null}"#, "p.jsonl:1: question: expected a string that is not empty"),
    (#"{"question":5}"#, "p.jsonl:1: question: expected a string, found a number"),
    (
      #"{"question":"Q","answer":{"x":5}}"#,
      "p.jsonl:1: answer: expected a string, a number, true or false, or a list of accepted answers, found an object"
    ),
    (
      #"{"question":"Q","choices":["1","2"],"answer":"7"}"#,
      "p.jsonl:1: answer: expected one of the 2 options, by its letter, its place from 0 or its text, found '7'"
    ),
    (#"{"question":"Q","id":true}"#, "p.jsonl:1: id: expected a string or a number, found true or false"),
    (#"{"question":"Q","split":{}}"#, "p.jsonl:1: split: expected a string, found an object"),
    (#"{"question":"Q","source":1}"#, "p.jsonl:1: source: expected a string, found a number"),
    (
      #"{"question":"Q","id":""}"#,
      "p.jsonl:1: id: expected a string that is not empty and has no control characters"
    ),
    (
      #"{"question":"Q","id":"a\nb"}"#,
      "p.jsonl:1: id: expected a string that is not empty and has no control characters"
    ),
    (#"{"question":"Q","question":"R"}"#, "p.jsonl:1: question: expected each field once, found it twice"),
    ("\(good)\n{\"question\":\"R\"}\n\(good)", "p.jsonl:3: id: expected each id once, found 'a' in line 1 too"),
    (#"{"question":"Q","\u001b]0;x":1,"\u001b]0;x":1}"#, "p.jsonl:1: ␛]0;x: expected each field once, found it twice"),
  ]

  @Test(arguments: badLines) func badLinesAreLocated(_ text: String, _ message: String) {
    #expect { try read(text) } throws: { "\($0)" == message }
  }

  @Test func brokenUTF8IsLocated() {
    let bytes = Array((Self.good + "\n{\"question\":\"").utf8) + [0xC3, 0x28] + Array("\"}".utf8)
    #expect { try ProblemFile.read(bytes, name: "p.jsonl") } throws: {
      "\($0)" == "p.jsonl:2: line: expected UTF-8 text"
    }
  }

  @Test func lineLengthIsLimitedAtFourMegabytes() throws {
    func line(_ bytes: Int) -> String { "{\"question\":\"" + String(repeating: "a", count: bytes - 15) + "\"}" }
    #expect(try read(line(4 << 20)).count == 1)
    #expect { try read(line((4 << 20) + 1)) } throws: {
      "\($0)" == "p.jsonl:1: line: expected at most 4 MB, found 4194305 bytes"
    }
  }

  @Test func missingFilesAndFoldersAreNamed() throws {
    let scratch = try Scratch()
    let missing = scratch.file("none.jsonl")
    #expect { try ProblemFile.read(path: missing) } throws: { "\($0)" == "\(missing): no such file" }
    #expect { try ProblemFile.read(path: scratch.path) } throws: {
      "\($0)" == "\(scratch.path): expected a file, found a folder"
    }
    let path = try scratch.write("p.jsonl", Array(Self.good.utf8))
    #expect(try ProblemFile.read(path: path).map(\.problem.id) == ["a"])
  }
}
