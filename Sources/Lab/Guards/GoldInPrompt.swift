import Foundation
import Vocabulary

/// Whether a question states its own answer, so that nothing is learned from solving it.
///
/// That the number stands somewhere in the question says nothing: in a fifth of all word problems it does by chance. It has to be
/// announced as the answer, or as the value of the unknown that was put in its place.
enum GoldInPrompt {
  /// Words of a solution that nobody writes twice by chance.
  private static let runLength = 13

  /// Words that announce an answer where the reader of answers knows no marker.
  private static let announced = #"""
    (?i)(?<![\p{L}\p{N}])(?:answer|ans|solution|result|antwort|lösung|ergebnis|réponse|résultat|respuesta|resultado|resposta|ответ|答案|答え|정답)
    (?:\s*(?:is|was|are|ist|est|es|é|является|是|は|[:=：→]|->)){0,2}[\s*_$`“"(]*([-−]?\p{N}[\p{N}.,/]*|[^\s.,;:!?。，]{1,40})
    """#.replacing("\n", with: "")
  /// GSM8K's mark, wherever it stands in a line.
  private static let hashed = #"####\s*([-−]?\p{N}[\p{N}.,/]*)"#
  /// The unknown with its value.
  private static let unknown = #"(?<![\p{L}\p{N}])[xX]\s*(?:=|is|equals|ist|est|是)\s*\$?([-−]?\p{N}[\p{N}.,/]*)"#

  /// The words of `problem` that state its answer; nil where none do. Complexity: O(length).
  static func span(in problem: Problem) -> String? {
    guard let gold = problem.answer else { return nil }
    for sentence in sentences(of: problem.prompt) {
      // A question that asks back, "is the answer 5?", states it as well.
      if let stated = StatedAnswer.last(in: sentence)?.text, says(stated, problem) { return sentence }
      for pattern in [announced, hashed, unknown]
      where matches(pattern, in: sentence).contains(where: { says($0, problem) }) {
        return sentence
      }
    }
    return solution(gold, in: problem.prompt)
  }

  private static func says(_ words: String, _ problem: Problem) -> Bool {
    let trimmed = words.trimmingCharacters(in: CharacterSet(charactersIn: ".,/ ").union(.whitespaces))
    return !trimmed.isEmpty && problem.accepts(trimmed) == true
  }

  private static func matches(_ pattern: String, in text: String) -> [String] {
    guard let expression = try? NSRegularExpression(pattern: pattern) else { return [] }
    return expression.matches(in: text, range: NSRange(text.startIndex..., in: text)).compactMap { match in
      Range(match.range(at: 1), in: text).map { String(text[$0]) }
    }
  }

  /// A run of the reference solution that the prompt has, where the reference is one.
  private static func solution(_ gold: String, in prompt: String) -> String? {
    let (words, asked) = (TextWords(gold), TextWords(prompt))
    let runs = Set(WordRuns.runs(WordRuns.digests(words.words), of: runLength))
    guard !runs.isEmpty else { return nil }
    let found = WordRuns.runs(WordRuns.digests(asked.words), of: runLength).firstIndex { runs.contains($0) }
    return found.map { asked.span($0, $0 + runLength) }
  }

  /// The sentences of a text: what stands between full stops, marks and line breaks.
  static func sentences(of text: String) -> [String] {
    var (found, sentence): ([String], String) = ([], "")
    var before: Character = " "
    for character in text {
      let ends = before == "." || before == "!" || before == "?"
      if character.isNewline || "。！？".contains(before) || ends && character.isWhitespace {
        found.append(sentence)
        sentence = ""
      }
      sentence.append(character)
      before = character
    }
    return (found + [sentence]).map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }.filter { !$0.isEmpty }
  }
}
