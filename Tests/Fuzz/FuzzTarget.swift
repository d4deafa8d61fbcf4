import Vocabulary

/// A reader of bytes that come from outside, and what has to hold whatever these bytes are.
struct FuzzTarget: Sendable {
  /// What it is called on the command line, and the folder of its corpus.
  let name: String
  /// Words that mean something to the reader: they are put where others stood.
  let words: [String]
  /// No input is longer: bytes.
  let longest: Int
  /// Executions in every run of the tests.
  let quick: Int
  /// Inputs that no text file could hold; those of the corpus come beside them.
  let seeds: @Sendable () throws -> [[UInt8]]
  /// Reads an input. What it throws is a refusal, but for a ``FuzzFinding``.
  let read: @Sendable ([UInt8]) throws -> Void

  init(
    _ name: String, words: [String], longest: Int = 1 << 12, quick: Int = 1_000,
    seeds: @escaping @Sendable () throws -> [[UInt8]] = { [] },
    read: @escaping @Sendable ([UInt8]) throws -> Void
  ) {
    (self.name, self.words, self.longest, self.quick) = (name, words, longest, quick)
    (self.seeds, self.read) = (seeds, read)
  }

  /// True where `input` is read to its end.
  func isAccepted(_ input: [UInt8]) -> Bool { (try? read(input)) != nil }

  /// Reads `input`: nil, or what should not have happened.
  func finding(_ input: [UInt8]) -> FuzzFinding? {
    do {
      try read(input)
      return nil
    } catch let finding as FuzzFinding {
      return finding
    } catch {
      return nil
    }
  }
}

/// Something that must never happen: two readers disagree, or a text that is to be shown is unsafe.
struct FuzzFinding: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }

  /// Throws `words` unless `condition` holds.
  static func require(_ condition: Bool, _ words: @autoclosure () -> String) throws {
    if !condition { throw FuzzFinding(SafeText.line(words())) }
  }

  /// Throws where `text`, which is shown on one line as it is, would act on a terminal.
  static func requireSafe(_ text: String) throws {
    guard let scalar = text.unicodeScalars.first(where: SafeText.isUnsafe) else { return }
    throw FuzzFinding("U+\(String(scalar.value, radix: 16)) is shown in: \(SafeText.line(text))")
  }
}
