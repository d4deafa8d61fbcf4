import Foundation
import Testing
import TreeSearch
import Vocabulary
import Workspace

@testable import Lab

/// Planted leaks are found, and clean problems are left alone.
struct CommitGuardTests {
  private static func problems(_ file: String) throws -> [Problem] {
    let path = try DataFolder.locate().problems.appending(path: file + ".jsonl").path(percentEncoded: false)
    return try ProblemFile.read(path: path).map(\.problem)
  }

  /// Problems that are no word stories, in several languages.
  private static let prose = [
    "A rectangular garden is three times as long as it is wide. Its perimeter is 64 metres, and a path one metre wide runs around "
      + "the outside of it. What is the area of the path alone, in square metres?",
    "Wendeline cycles to the library at 12 km/h and walks home along the same road at 4 km/h. The whole trip takes her two hours. "
      + "How far from her home does the library stand?",
    "In a class of 31 pupils 17 learn French and 19 learn Spanish, while 4 learn neither of the two languages. How many pupils "
      + "learn both French and Spanish at the same time?",
    "Der Bäcker Anton verkauft am Montag 48 Brötchen und am Dienstag halb so viele wie am Montag. Am Mittwoch verkauft Anton "
      + "doppelt so viele wie am Dienstag. Wie viele Brötchen verkauft er an den drei Tagen zusammen?",
    "Un tren sale de Madrid a las ocho de la mañana y viaja hacia Sevilla a 120 kilómetros por hora. Otro tren sale de Sevilla una "
      + "hora después y viaja a 80 kilómetros por hora. ¿A qué distancia de Madrid se encuentran?",
    "小明的书架上有七十二本书，其中三分之一是科学书，四分之一是历史书，其余的都是小说。请问小明的书架上一共有多少本小说？",
    "The sum of the digits of a two-digit number is eleven. When the digits are written in the other order the number grows by 27. "
      + "Which two-digit number was written down first?",
    "Find the smallest positive integer that leaves a remainder of two when it is divided by three, of three when divided by four, "
      + "and of four when divided by five.",
    "A farmer named Ottokar keeps hens and rabbits in one yard. Ottokar counts 35 heads and 94 feet in the yard altogether. How "
      + "many of his animals are rabbits and how many are hens?",
    "Maria poured 250 millilitres of syrup that is forty percent sugar into 750 millilitres of water. What percentage of the mixture "
      + "that Maria made is sugar?",
  ]

  private static func held() throws -> HeldOut {
    var held = try HeldOut()
    held.add(Array(try problems("test").prefix(200)), from: "test.jsonl")
    held.add(prose.enumerated().map { Problem(id: "prose-\($0)", question: $1) }, from: "prose.jsonl")
    return held
  }

  /// The story with other people and other things.
  private static func renamed(_ question: String) throws -> String {
    var story = try WordStory(question)
    let others = ["Ulla", "Pavo", "Quinn", "Sibyl", "Wanda", "Yusuf"]
    var names: [String: String] = [:]
    for name in story.people + story.asked where names[name] == nil { names[name] = others[names.count % others.count] }
    story.thing = story.thing == "pebbles" ? "ribbons" : "pebbles"
    story.sentences = story.sentences.map { sentence in
      var sentence = sentence
      sentence.person = names[sentence.person] ?? sentence.person
      sentence.other = names[sentence.other] ?? sentence.other
      return sentence
    }
    return story.text
  }

  /// A hundred leaks of ten kinds.
  private static func planted() throws -> [(kind: String, problem: Problem, gold: Bool)] {
    let stories = Array(try problems("test").prefix(10))
    let clean = Array(try problems("train").dropFirst(500).prefix(10))
    let names = ["Wendeline": "Hildegard", "Anton": "Gustav", "Ottokar": "Zacharias", "Maria": "Zuleika"]
    let statements = [
      "The answer is %.", "(Answer: %)", "Hint: the final answer is %", "#### %", "Note that \\boxed{%} is right.",
      "Die Antwort ist %.",
      "答案是%。", "La respuesta es %.", "Solution: %", "Remember, answer = % here.",
    ]
    var found: [(kind: String, problem: Problem, gold: Bool)] = []
    func plant(_ kind: String, _ question: String, answer: String? = nil, gold: Bool = false) {
      found.append((kind, Problem(id: "planted-\(found.count)", question: question, answer: answer), gold))
    }
    for number in 0..<10 {
      let (story, prose) = (stories[number].question, Self.prose[number])
      plant("a story as it is", story)
      plant(
        "a story in another spelling", story.uppercased().replacing(" ", with: " \u{200B} ").replacing(".", with: " !"))
      plant("a story with other names", try renamed(story))
      plant(
        "a story in a longer text", "Read this with care, for it is used in the exam. \(story) Show every step, please."
      )
      plant("a renamed story in a longer text", "Read this with care. \(try renamed(story)) Show your work.")
      plant("prose as it is", prose)
      let other = names.reduce(prose) { $0.replacing($1.key, with: $1.value) }
      plant("prose with other names", other)
      let words = prose.contains("小") ? Array(prose).map(String.init) : prose.split(separator: " ").map(String.init)
      let part = words.dropFirst(2).prefix(words.count > 40 ? 26 : 18).joined(separator: prose.contains("小") ? "" : " ")
      plant("words in a row", "Tell me whether this is well put: \(part) and why you think so.")
      plant("nearly the same", prose.replacing(words[3], with: "somewhat", maxReplacements: 1))
      plant(
        "the answer in the question",
        statements[number].replacing("%", with: clean[number].answer ?? "") + " " + clean[number].question,
        answer: clean[number].answer, gold: true)
    }
    return found
  }

  @Test func aHundredPlantedLeaksAreFound() throws {
    let guards = CommitGuard(heldOut: try Self.held())
    let planted = try Self.planted()
    #expect(planted.count == 100)
    var missed: [String] = []
    for (kind, problem, isGold) in planted {
      let leaks = guards.leaks(in: problem)
      let wanted: GuardFinding.Kind = isGold ? .goldInPrompt : .heldOut
      guard let leak = leaks.first(where: { $0.kind == wanted }), !leak.span.isEmpty else {
        missed.append("\(kind): \(problem.question)")
        continue
      }
      #expect(leak.words.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
    }
    #expect(missed.isEmpty, "found \(100 - missed.count) of 100; missed: \(missed)")
  }

  @Test func aHiddenNumberIsFoundWhereItIsSaid() throws {
    let guards = CommitGuard(heldOut: try HeldOut())
    func leaks(_ question: String, _ answer: String) -> [GuardFinding.Kind] {
      guards.leaks(in: Problem(id: "b", question: question, answer: answer)).map(\.kind)
    }
    let backward =
      "Ana has x pens. Ana buys 2 boxes of 5 pens. If the answer to how many pens she has is 24, what is x?"
    #expect(leaks(backward, "14") == [])
    #expect(leaks(backward + " Of course x = 14.", "14") == [.goldInPrompt])
    #expect(leaks(backward.replacing("x pens", with: "x pens (x is 14.0)"), "14") == [.goldInPrompt])
    // A number that stands there by chance is none.
    #expect(leaks("Ana has 14 pens. Ben has 28. How many times as many as half of his has she, times 14?", "14") == [])
    // The reference is a whole solution.
    let solution = "In April she sold 48 clips and in May she sold half of that, which is 24 clips. #### 72"
    #expect(
      leaks("How many? She sold 48 clips and in May she sold half of that, which is 24 clips.", solution) == [
        .goldInPrompt
      ])
  }

  /// What is taken for a leak and is none. The questions of the family's own train split ask something else than those of the
  /// others, by its digest.
  @Test func aThousandCleanStoriesAreLeftAlone() throws {
    var held = try HeldOut()
    held.add(try Self.problems("test") + Self.problems("dev") + Self.problems("hard"), from: "held out")
    let guards = CommitGuard(heldOut: held)
    let clean = Array(try Self.problems("train").prefix(1000))
    let alarms = clean.flatMap { guards.leaks(in: $0) }
    // By the rule two of them are no false ones: they have the structure and the numbers of a held-out story, in another order.
    #expect(alarms.count == 2, "\(alarms.count) of 1000: \(alarms.prefix(5).map(\.words))")
    #expect(alarms.allSatisfy { $0.reason.hasPrefix("the same story with other names") })
    // The same against questions of the other part of a split: of 1,000 pairs that ask something else.
    var split = SplitGuard()
    for problem in try Self.problems("train").dropFirst(1000) { split.add(problem) }
    let keys = Set(try Self.problems("train").dropFirst(1000).map { try WordStory($0.question).key })
    let across = try clean.filter { problem in
      let isSame = keys.contains(try WordStory(problem.question).key)
      #expect((split.finding(in: problem) != nil) == isSame, "\(problem.question)")
      return !isSame
    }
    #expect(across.count > 900)
  }

  @Test func nearDuplicatesAcrossTheParts() throws {
    var split = SplitGuard()
    for (number, question) in Self.prose.enumerated() { split.add(Problem(id: "t\(number)", question: question)) }
    let stories = Array(try Self.problems("train").prefix(50))
    for story in stories { split.add(story) }
    func found(_ question: String) -> String? { split.finding(in: Problem(id: "q", question: question))?.reason }
    for story in stories {
      #expect(found(try Self.renamed(story.question))?.contains("the same with other names") == true)
    }
    #expect(found(Self.prose[1].replacing("Wendeline", with: "Hildegard"))?.contains("as t1 of the test part") == true)
    // 53 words have 50 runs of four; a changed last one leaves 49 of 51 in common.
    let longer = Self.prose[0].replacing("square metres?", with: "square feet?")
    #expect(found(longer)?.hasSuffix("%") == false && found(longer)?.contains("% the same words as t0") == true)
    #expect(found("What is the area of a path one metre wide around a garden of 8 by 24 metres?") == nil)
  }

  @Test func problemsThatAreHeldOutThemselvesOrByTheirRoots() throws {
    let guards = CommitGuard(
      heldOut: try Self.held(), roots: ["made": ["test-0001"], "own": ["old"], "free": ["free"]], splits: ["old": "dev"]
    )
    func kinds(_ id: String, split: String? = nil) -> [GuardFinding.Kind] {
      guards.findings(problem: Problem(id: id, question: "What is seven?", split: split)).map(\.kind)
    }
    let first = try #require(try Self.problems("test").first)
    #expect(first.id == "test-0001")
    #expect(kinds(first.id) == [.heldOut])
    #expect(kinds("made") == [.sharedRoot] && kinds("own") == [.sharedRoot] && kinds("free") == [])
    #expect(kinds("x", split: "Test") == [.heldOutSplit] && kinds("x", split: "train") == [])
    #expect(GuardFinding.Kind.allCases.filter(\.isLeak) == [.goldInPrompt, .heldOut, .acrossSplits, .sharedRoot])
  }

  @Test func whatAPersonShouldKnowBefore() throws {
    var guards = CommitGuard(heldOut: try HeldOut())
    func trajectory(_ id: String, _ question: String, _ path: [String]) throws -> Trajectory {
      let steps = path.indices.map { TrajectoryStep(node: $0 + 1, visits: 1, q: nil, reward: nil) }
      var value = Trajectory(
        run: "r",
        tree: SearchTree(header: RunHeader(problem: Problem(id: id, question: question), seed: 0, critics: [])),
        node: .root)
      (value.path, value.steps, value.node) = (path, steps, path.count)
      return value
    }
    let story = "Ana has 14 pens. Ben has 9 pens. Ana buys 2 boxes of 5 pens. How many pens does Ana have now?"
    let first = try trajectory("a", story, ["2 * 5 = 10\n", "14 + 10 = 24\n", "#### 24\n"])
    let entry = try CommitEntry(
      previous: nil, at: "2026-01-01T00:00:00.000Z", who: "ada", note: "", content: .commit(first))
    guards.learn(try #require(CommitLog([entry]).commits.first))
    func kinds(_ trajectory: Trajectory) -> [GuardFinding.Kind] {
      guards.findings(problem: trajectory.problem, trajectory: trajectory).map(\.kind)
    }
    #expect(kinds(first) == [.committed])
    // The same by value, cut into other options.
    #expect(kinds(try trajectory("a", story, ["5*2=10\n14 + 10 = 24\n", "#### 24.0\n"])) == [.committed])
    #expect(kinds(try trajectory("a", story, ["14 + 10 = 24\n", "#### 24\n"])) == [])
    #expect(kinds(try trajectory("b", try Self.renamed(story), ["14 + 10 = 25\n"])) == [.contradicted, .sameProblem])
    #expect(kinds(try trajectory("c", "What is 2 + 3?", ["2 + 3 = 5\n"])) == [])
  }
}
