import Models
import Vocabulary
import Workspace

/// A problem that questions are made of.
struct ImaginationParent: Sendable {
  let problem: Problem
  /// Its oldest ancestor: itself, unless it was imagined.
  let root: String
  /// What it tells, where it is a word story.
  let story: WordStory?

  init(_ loaded: LoadedProblem) {
    problem = loaded.problem
    root = loaded.text("root") ?? loaded.problem.id
    story = try? WordStory(loaded.problem.question)
  }
}

/// A question that was made and not yet looked at.
struct PromptDraft: Sendable {
  let kind: ImaginationKind
  var form: BackwardForm?
  let parents: [ImaginationParent]
  /// The seed of everything random in it.
  let seed: UInt64
  /// Name and fingerprint of the model that wrote it; nil where a rule did.
  var model: String?
  var text = ""
  /// What the model wrote, where that is not the question alone.
  var raw: String?
  /// What it tells, where it is a word story; of one asked backwards the story with its number.
  var story: WordStory?
  /// The expected answer and where it comes from.
  var answer: String?
  var answerFrom = ImaginedPrompt.Origin.none
  /// Whether the answer follows from the question for certain, so that nobody has to agree with it.
  var isCertain = false
  var evidence = ""
  /// What is wrong with its form, or why it cannot be asked.
  var fault: PromptFault?
  /// What is wrong with its answer.
  var answerFault: PromptFault?

  init(_ kind: ImaginationKind, of parents: [ImaginationParent], seed: UInt64) {
    (self.kind, self.parents, self.seed) = (kind, parents, seed)
  }

  /// Tells a story, solved by the family's grammar.
  mutating func tell(_ story: WordStory) {
    (text, self.story) = (story.text, story)
    do throws(PromptFault) {
      let solution = try story.solved()
      (answer, answerFrom, isCertain) = (String(solution.answer), .grammar, true)
      let steps = solution.lines.count
      evidence = "solved by the family's grammar in \(steps) \(steps == 1 ? "step" : "steps")"
    } catch {
      fault = error
    }
  }

  /// What becomes of it unless a check says otherwise.
  func record(round: Int, neighbour: ImaginedPrompt.Neighbour?) -> ImaginedPrompt {
    let digest = SHA256.hex("\(round)\n\(kind.rawValue)\n\(seed)\n\(text)".utf8).prefix(12)
    let id = "imagined-\(round)-\(digest)"
    let roots = parents.map(\.root)
    return ImaginedPrompt(
      id: id, round: round, kind: kind.rawValue, form: form?.rawValue, parents: parents.map(\.problem.id),
      root: roots.first ?? id, roots: roots.isEmpty ? [id] : Set(roots).sorted(), model: model, seed: seed, text: text,
      raw: raw, answer: answer, answerFrom: answerFrom, evidence: evidence, neighbour: neighbour)
  }
}
