import Foundation
import Models
import ModelsTesting
import Synchronization
import Testing
import Vocabulary
import Workspace

@testable import Lab

/// What models write is taken for a question only where it is one, and its answer only where somebody vouches for it.
struct PromptedImaginationTests {
  /// Writes what a test says: `question` where one is asked for, `solutions` of it where it is to be solved.
  private final class Writer: ByteModel {
    let name = "writer"
    let fingerprint = "w"
    let contextLength: Int
    let question: String
    let ending: Termination
    let solutions: [String]
    let requests = Mutex<[SampleRequest]>([])

    init(
      _ question: String, solutions: [String] = [], ending: Termination = .endOfText, contextLength: Int = 100_000
    ) {
      (self.question, self.solutions, self.ending) = (question, solutions, ending)
      self.contextLength = contextLength
    }

    var prompts: [String] { requests.withLock { $0.map { text(of: $0.prefix) } } }

    func sample(_ requests: [SampleRequest]) async throws -> [SampleResult] {
      self.requests.withLock { $0 += requests }
      return requests.map { request in
        let samples = (0..<request.count).map { index in
          request.end == .answer ? Sample(solutions[index], ending: .endOfText) : Sample(question, ending: ending)
        }
        return SampleResult(samples: samples, usage: ModelUsage())
      }
    }

    func logProbabilities(_ requests: [LikelihoodRequest]) async throws -> [LikelihoodResult] { [] }
  }

  private static let bakery = Problem(
    id: "bakery",
    question:
      "A baker sells a cake for $12 and a loaf for $3. On Sunday he sold 5 cakes and 20 loaves. How much did he take?",
    answer: "He took 60 + 60 = 120.\n#### 120")

  private func first(
    _ kind: ImaginationKind, _ writer: Writer, samples: Int = 0, agreement: Int = 1,
    difficulty: ClosedRange<Double>? = nil,
    opening: ImaginationSettings.Opening? = nil, seed: UInt64 = 1
  ) async throws -> ImaginedPrompt {
    var wishes = ImaginationSettings(count: 1, seed: seed)
    (wishes.kinds, wishes.samples, wishes.agreement, wishes.patience) = ([kind.rawValue], samples, agreement, 1)
    (wishes.difficulty, wishes.opening) = (difficulty, opening)
    var prompts: [ImaginedPrompt] = []
    let parents = [LoadedProblem(problem: Self.bakery)]
    let tallies = try await Imagination(wishes, heldOut: HeldOut()).run(from: parents, model: writer) {
      prompts.append($0)
    }
    #expect(prompts.count == 1 && tallies.map(\.tried) == [1])
    return try #require(prompts.first)
  }

  private static let rephrased =
    "On Sunday 5 cakes at $12 each and 20 loaves at $3 each went over a baker's counter. What did he take?"

  @Test func aRephrasedQuestionHasItsParentsAnswerWhereSolutionsReachIt() async throws {
    let writer = Writer(" \(Self.rephrased)\n\nProblem: next", solutions: ["#### 120", "#### 12", "#### 120.0", "so"])
    let prompt = try await first(.rephrase, writer, samples: 4, agreement: 2)
    #expect(prompt.isAccepted && prompt.text == Self.rephrased && prompt.raw == " \(Self.rephrased)\n\nProblem: next")
    #expect(prompt.answer == "120" && prompt.answerFrom == .parent && prompt.passRate == 0.5 && prompt.agreed == 2)
    #expect(prompt.model == "writer w" && prompt.parents == ["bakery"] && prompt.root == "bakery")
    #expect(writer.prompts.first?.hasSuffix("Problem: \(Self.bakery.question)\nNew problem:") == true)
    #expect(writer.prompts.last == Self.rephrased + ":")
    let one = try await first(
      .rephrase, Writer(Self.rephrased, solutions: ["#### 120", "", "", ""]), samples: 4, agreement: 2)
    #expect(one.verdict.reason == .noAgreement && one.verdict.note == "1 of 4 solutions say 120")
    let none = try await first(.rephrase, Writer(Self.rephrased, solutions: ["#### 1", "#### 2"]), samples: 2)
    #expect(none.verdict.reason == .unsolved && none.isSuspect)
  }

  /// Nobody knows the answer: what most solutions say is it.
  @Test func anotherProblemHasTheAnswerThatSolutionsAgreeOn() async throws {
    let text = Self.bakery.question.replacing("12", with: "15").replacing("20", with: "10")
    let writer = Writer(text, solutions: ["#### 105", "#### 90", "#### 105", "none"])
    let prompt = try await first(.numbers, writer, samples: 4, agreement: 2)
    #expect(prompt.isAccepted && prompt.answer == "105" && prompt.answerFrom == .agreement)
    #expect(prompt.evidence == "2 of 4 solutions say 105" && prompt.passRate == 0.5)
    let split = try await first(
      .numbers, Writer(text, solutions: ["#### 1", "#### 2", "#### 3"]), samples: 3, agreement: 2)
    #expect(split.verdict.reason == .noAgreement && split.answer == nil && split.answerFrom == .none)
    let easy = try await first(
      .numbers, Writer(text, solutions: ["#### 1", "#### 1"]), samples: 2, agreement: 2, difficulty: 0.2...0.8)
    #expect(easy.verdict.reason == .tooEasy)
    let hard = try await first(
      .numbers, Writer(text, solutions: ["#### 1", "#### 2", "#### 3", "#### 4"]), samples: 4, difficulty: 0.3...0.8)
    #expect(hard.verdict.reason == .tooHard && hard.passRate == 0.25)
    // Without solutions nobody vouches for it, and it says so.
    let bare = try await first(.numbers, Writer(text))
    #expect(bare.isAccepted && bare.answer == nil && bare.answerFrom == .none && bare.evidence == "")
  }

  @Test func aNumberIsHiddenInAQuestionOrInAStatement() async throws {
    let statement =
      "A baker sells a cake for $12 and a loaf for $3. On Sunday he sold 5 cakes and 20 loaves. He took 120 dollars."
    var forms: Set<String> = []
    for seed in 1...12 as ClosedRange<UInt64> {
      let writer = Writer(statement, solutions: ["#### 5", "#### 12", "#### 3", "#### 20"])
      let prompt = try await first(.backward, writer, samples: 4, seed: seed)
      let answer = try #require(prompt.answer)
      #expect(prompt.isAccepted && prompt.answerFrom == .hidden && prompt.passRate == 0.25)
      #expect(["5", "12", "3", "20"].contains(answer))
      forms.insert(try #require(prompt.form))
      let ending = prompt.form == "fobar" ? BackwardForm.asks(knowing: "120") : BackwardForm.asks
      let whole = prompt.form == "fobar" ? Self.bakery.question : statement
      #expect(prompt.text.hasSuffix(" " + ending))
      let told = prompt.text.dropLast(ending.count + 1)
      #expect(HiddenNumber.all(in: whole).contains { $0.text == told && $0.value == answer })
    }
    #expect(forms == ["fobar", "self-verification"])
  }

  @Test func aStatementHasToHoldTheAnswer() async throws {
    for seed in 1...12 as ClosedRange<UInt64> {
      let prompt = try await first(.backward, Writer("He sold 5 cakes for 12 dollars each. He took much."), seed: seed)
      guard prompt.form != "fobar" else { continue }
      #expect(prompt.verdict.note == "the statement does not hold the answer 120")
      return
    }
    Issue.record("twelve seeds, and none asked for a statement")
  }

  @Test(arguments: [
    ("", ImaginedPrompt.Reason.form, "nothing is written"),
    ("I'm sorry, but I can't help with that.", .declined, "it begins with 'i'm sorry'"),
    ("Sure! Here is one: what is 3 + 4 + 5?", .declined, "it begins with 'sure'"),
    ("What now?", .form, "2 words, expected 4 to 200"),
    ("What is 3 + 4 + 5? New problem: what is 5 + 6?", .form, "it holds 'new problem:'"),
    ("What is 3 + 4 + 5?\n#### 12", .form, "it states an answer: 12"),
    ("What is 3 + 4\u{1B}[2J + 5?", .form, "it holds U+1B"),
    ("What is the sum of\u{202E} 3 and 4?", .form, "it holds U+202E"),
  ])
  func whatIsNoQuestionIsRefused(_ text: String, _ reason: ImaginedPrompt.Reason, _ note: String) async throws {
    let prompt = try await first(.compose, Writer(text))
    #expect(prompt.verdict.reason == reason)
    #expect(prompt.verdict.note?.hasPrefix(note) == true, "\(prompt.verdict.note ?? "")")
  }

  /// The parent ends in its question and states numbers, and so does its child.
  @Test func whatIsMadeOfAQuestionIsLikeIt() async throws {
    let tail = try await first(.rephrase, Writer(Self.rephrased + " To answer, multiply."))
    #expect(tail.verdict.note == "it does not end in a question")
    #expect(
      try await first(.policy, Writer("How long can she drive?"), opening: .examples).verdict.note
        == "it states no number")
    let fewer = "A baker sells a cake for $12. On Sunday he sold 5 cakes. How much did he take?"
    #expect(try await first(.numbers, Writer(fewer)).verdict.note == "2 numbers, its parent has 4")
  }

  @Test func aQuestionThatLeavesNoRoomIsRefused() async throws {
    let writer = Writer(Self.rephrased, solutions: ["#### 120"], contextLength: Self.rephrased.utf8.count + 1)
    let prompt = try await first(.rephrase, writer, samples: 1)
    let count = Self.rephrased.utf8.count + 1
    #expect(prompt.verdict.reason == .form && prompt.verdict.note == "\(count) tokens, writer reads \(count)")
    #expect(prompt.samples == nil)
  }

  @Test func whatDoesNotChangeIsRefused() async throws {
    let same = Self.bakery.question.uppercased()
    #expect(try await first(.rephrase, Writer(same)).verdict.reason == .unchanged)
    #expect(try await first(.numbers, Writer(Self.rephrased)).verdict.reason == .unchanged)
    #expect(
      try await first(.deepen, Writer("A baker sells a cake for $12. What is that in cents?")).verdict.reason
        == .unchanged)
    #expect(try await first(.compose, Writer("Does a cake cost 12 dollars?")).verdict.reason == .unchanged)
    let other = try await first(.rephrase, Writer(Self.rephrased.replacing("12", with: "13")))
    #expect(other.verdict.reason == .form && other.answer == nil)
    #expect(try await first(.rephrase, Writer(Self.rephrased, ending: .lengthCap)).verdict.note == "it is cut off")
  }

  @Test func aPolicyWritesOfExamplesOrOfAUsersTurn() async throws {
    let examples = Writer("How many legs do 7 spiders have together?")
    #expect(try await first(.policy, examples, opening: .examples).isAccepted)
    #expect(examples.prompts[0].contains("Problem: \(Self.bakery.question)\n\nProblem:"))
    let turn = Writer("How many legs do 7 spiders have together?<|im_end|>\n")
    let prompt = try await first(.policy, turn, opening: .turn)
    #expect(turn.prompts.first == "<|im_start|>user\n" && prompt.text == "How many legs do 7 spiders have together?")
    #expect(prompt.parents == [] && prompt.root == prompt.id)
  }

  /// The embedded policy has seen nothing but stories.
  @Test func theEmbeddedPolicyWritesFromTheBeginningOfAText() async throws {
    let policy = try EmbeddedModel(ShippedModels.policy)
    var wishes = ImaginationSettings(count: 12, seed: 3)
    (wishes.kinds, wishes.samples) = (["policy"], 2)
    let parent = LoadedProblem(
      problem: Problem(id: "p", question: "Ana has 5 pens. Ana buys 3 pens. How many pens does Ana have now?"))
    var runs: [[ImaginedPrompt]] = [[], []]
    for index in runs.indices {
      _ = try await Imagination(wishes, heldOut: HeldOut()).run(from: [parent], model: policy) {
        runs[index].append($0)
      }
    }
    #expect(runs[0] == runs[1])
    let accepted = runs[0].filter(\.isAccepted)
    #expect(accepted.count == 12 && Set(accepted.map(\.text)).count == 12)
    for prompt in accepted {
      #expect(prompt.answer == String(try WordStory(prompt.text).solved().answer))
      #expect(prompt.model?.hasPrefix("policy ") == true && prompt.passRate != nil && prompt.samples == 2)
    }
  }
}
