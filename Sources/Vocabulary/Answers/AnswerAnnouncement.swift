import Glibc

/// Words that announce an answer, in the languages that models answer in most; each is followed by the answer.
///
/// Every step of every tree is asked, so most lines are passed over after one look at their bytes.
struct AnswerAnnouncement {
  /// Bytes that every one of ``phrases`` has, however it is spelled.
  private let stem: [UInt8]
  private let phrases: [String]

  private init(_ stem: String, _ phrases: [String]) { (self.stem, self.phrases) = (Array(stem.utf8), phrases) }

  private static let all = [
    AnswerAnnouncement(
      "answer",
      [
        "answer is", "answer:", "answer**:", "answer:**", "answer =", "answer would be", "answer must be",
        "answer to the question is", "answer should be",
      ]),
    AnswerAnnouncement("spuesta", ["respuesta es", "respuesta:"]),
    AnswerAnnouncement("ponse", ["réponse est", "réponse :", "réponse:"]),
    AnswerAnnouncement("antwort", ["antwort ist", "antwort lautet", "antwort:"]),
    AnswerAnnouncement("sposta", ["resposta é", "resposta:", "risposta è", "risposta:"]),
    AnswerAnnouncement("ответ", ["ответ:"]),
    AnswerAnnouncement("答", ["答案是", "答案为", "答案：", "答案:", "答えは", "答え：", "答え:"]),
  ]
  /// Hangul is spelled by syllables or by letters: what both have in common is no row of bytes.
  private static let hangul = ["정답은", "정답:", "답은", "답:"]

  /// Places in `line`, which is in lower case, behind the last of each phrase that it holds.
  static func ends(in line: String) -> [String.Index] {
    var line = line
    let phrases = line.withUTF8 { bytes in
      all.flatMap { bytes.holds($0.stem) ? $0.phrases : [] } + (bytes.contains(where: isOfHangul) ? hangul : [])
    }
    return phrases.compactMap { line.ranges(of: $0).last?.upperBound }
  }

  /// True for bytes that begin a syllable or a letter of Hangul, and others.
  private static func isOfHangul(_ byte: UInt8) -> Bool { byte == 0xE1 || 0xEA...0xED ~= byte }

  /// True where an ASCII text holds one of the words at `place`: the byte that stands there, small, and the one before it are
  /// letters that stand side by side in them and seldom elsewhere.
  static func stands(at place: Int, of bytes: UnsafeBufferPointer<UInt8>, _ byte: UInt8, after previous: UInt8) -> Bool
  {
    switch (previous, byte) {
    case (UInt8(ascii: "s"), UInt8(ascii: "w")): bytes.holds("answer", around: place, 3)
    case (UInt8(ascii: "t"), UInt8(ascii: "w")): bytes.holds("antwort", around: place, 3)
    case (UInt8(ascii: "p"), UInt8(ascii: "u")): bytes.holds("respuesta", around: place, 4)
    default: false
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// True where `word` stands anywhere in it.
  func holds(_ word: [UInt8]) -> Bool {
    guard let baseAddress, let first = word.first else { return false }
    var at = 0
    while word.count <= count - at, let found = memchr(baseAddress + at, Int32(first), count - at - word.count + 1) {
      if memcmp(found, word, word.count) == 0 { return true }
      at = UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - baseAddress + 1
    }
    return false
  }

  /// True where the letters of `word` stand here, great or small, with letter number `number` at `place`.
  fileprivate func holds(_ word: StaticString, around place: Int, _ number: Int) -> Bool {
    let start = place - number
    guard start >= 0, start + word.utf8CodeUnitCount <= count else { return false }
    return (0..<word.utf8CodeUnitCount).allSatisfy { self[start + $0] | 0x20 == word.utf8Start[$0] }
  }
}
