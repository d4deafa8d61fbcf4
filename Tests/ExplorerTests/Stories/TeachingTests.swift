import Canvas
import Testing
import TreeInsight
import TreeSearch

@testable import Explorer

@Suite("A teacher shows the phases")
struct TeachingTests {
  private func taught(_ simulations: Int, width: Int = 100, height: Int = 30) -> FakeDriver {
    var person = FakeDriver(
      size: Size(columns: width, rows: height), header: FakeDriver.header(changing: ["width.root.minimum": "3"]))
    person.press("s", times: simulations)
    person.press("T")
    return person
  }

  private func band(_ person: FakeDriver) -> String {
    person.screen().suffix(person.state.bandRows).joined(separator: "\n")
  }

  @Test("S goes through select, widen, evaluate and back up, step by step, and < goes the same way back")
  func thereAndBack() {
    var person = taught(6)
    var seen: [String] = []
    for _ in 1...40 {
      person.press("S")
      seen.append(band(person))
    }
    for phase in ["[select]", "[widen]", "[evaluate]", "[back up]"] {
      #expect(seen.contains { $0.contains(phase) }, "\(phase)")
    }
    for picture in seen.dropLast().reversed() {
      person.press("<")
      #expect(band(person) == picture)
    }
  }

  @Test("The formula's numbers are the search's own, and the greatest sum is selected")
  func formula() throws {
    var person = taught(12)
    person.press("S")
    while person.state.classroom.teaching?.lesson.phase != .select { person.press("S") }
    let frame = try #require(person.state.classroom.teaching?.frame)
    let totals = try frame.formulas.map { try #require(Double($0.split(separator: " = ").last ?? "")) }
    #expect(totals.count > 1 && totals == totals.sorted(by: >))
    let first = try #require(frame.formulas.first)
    // node 3: Q + c sqrt(ln N / n) = 0.61 + 1.00 sqrt(ln 12 / 4) = 0.61 + 0.79 = 1.40
    let match = try #require(first.firstMatch(of: /= ([\d.]+) \+ ([\d.]+) = ([\d.]+)$/))
    let sum = try #require(Double(match.1)) + (try #require(Double(match.2)))
    #expect(abs(sum - (try #require(Double(match.3)))) < 0.011)
    #expect(first.hasPrefix("node \(frame.focus): "))
    #expect(person.cursor == frame.focus && frame.lit.first == .root)
  }

  @Test("The backup climbs level by level to the root, and each Q is what the tree says")
  func climb() throws {
    var person = taught(30)
    person.press("S")
    while person.state.classroom.teaching?.lesson.phase != .backUp { person.press("S") }
    let lesson = try #require(person.state.classroom.teaching?.lesson)
    let tree = person.search.tree
    #expect(lesson.frames.count > 2)
    #expect(lesson.frames.last?.focus == .root)
    for (frame, after) in zip(lesson.frames, lesson.frames.dropFirst()) {
      #expect(tree[frame.focus].parent == after.focus)
    }
    for frame in lesson.frames {
      let shown = try #require(frame.formulas.last?.split(separator: " ").last.flatMap { Double($0) })
      #expect(abs(shown - (try #require(tree[frame.focus].meanValue))) < 0.006)
      #expect(frame.formulas[0].hasSuffix("-> \(tree[frame.focus].visits)"))
    }
  }

  @Test("After a whole simulation S begins the next one, with its formulas")
  func wholeSimulations() throws {
    var person = taught(4)
    person.press("s s s S")
    #expect(person.state.classroom.teaching?.lesson.phase == .select)
    #expect(person.state.classroom.teaching?.frame.formulas.first?.contains("Q + c sqrt(") == true)
  }

  @Test("Lessons name no critic that was not asked")
  func silentCritics() throws {
    var header = FakeDriver.header()
    header.critics.append(CriticWeight(name: "python", weight: 1, scope: .everyNode))
    var person = FakeDriver(header: header)
    person.press("T")
    for _ in 0..<12 {
      person.press("S")
      guard let frame = person.state.classroom.teaching?.frame else { continue }
      let asked = person.tree.details[frame.focus.offset].scores.contains { $0.critic == "python" }
      #expect(asked || !frame.text.contains { $0.contains("python") }, "\(frame.text)")
    }
  }

  @Test("The reward is the weighted mean of what the critics said")
  func evaluation() throws {
    var person = taught(3)
    person.press("S")
    while person.state.classroom.teaching?.lesson.phase != .evaluate { person.press("S") }
    let frame = try #require(person.state.classroom.teaching?.frame)
    let reward = try #require(person.search.tree.details[frame.focus.offset].reward)
    #expect(frame.formulas[0].hasSuffix("= \(Number.score(reward))"))
    #expect(frame.formulas[0].hasPrefix("reward = (1 x "))
  }

  @Test("Small screens keep the explorer and say the lesson in the last line")
  func small() {
    var person = taught(6, width: 60, height: 16)
    person.press("S")
    #expect(person.state.bandRows == 0)
    #expect(person.screen().contains { $0.hasPrefix(" Back up 0.54: ") })
  }

  @Test("The lesson's rows", arguments: [("80x24", 80, 24), ("200x50", 200, 50)])
  func golden(name: String, width: Int, height: Int) throws {
    var person = taught(12, width: width, height: height)
    person.press("S S")
    try Golden.check(person.screen(), "teaching-\(name)", #_sourceLocation)
  }

  @Test("A tour's file is read; what is wrong with it is located")
  func tourFile() throws {
    let head = "title: T\nquestion: Q?\n"
    let tour = try Tour(
      head + "seed: 7\nset: limit.simulations=5\n== One\na\nb\n\nc\n> press S Space\n> lesson\n", file: "f")
    #expect(tour.pages.count == 1 && tour.pages[0].text == ["a b", "c"] && tour.pages[0].showsLesson)
    #expect(tour.pages[0].keys == [.character("S"), .character(" ")] && tour.seed == 7)
    for (text, message) in [
      ("question: Q?\n== A\n", "f:3: title: expected this field before the pages"),
      ("title: T\nanswer: 5\n== A\n", "f:4: question: expected this field where there is answer"),
      (
        head + "== A\nIt says {anwser}.\n",
        "f:4: {anwser}: expected one of " + TourClaim.all.map(\.name).joined(separator: ", ")
      ),
      (
        head + "== A\n== B\n> if it rains\n",
        "f:5: >: expected 'press KEY …', 'type TEXT', 'lesson' or 'if CONDITION'"
      ),
      (
        head + "== A\n== B\n> if rainy\n",
        "f:5: if: expected one of right, wrong, unknown, unanswered, agreed, split"
      ),
      (head + "== A\n> if right\n", "f:4: if: expected on a page behind the first one"),
      (head, "f:3: ==: expected at least one page, which begins with == and a heading"),
      (head + "sed: 1\n", "f:3: sed: expected title, problem, question, answer, seed or set"),
      (head + "seed: x\n", "f:3: seed: expected a whole number, found 'x'"),
      (head + "title: again\n", "f:3: title: expected once"),
      (head + "== A\n> pres S\n", "f:4: >: expected 'press KEY …', 'type TEXT', 'lesson' or 'if CONDITION'"),
      (head + "== A\n> press Nokey\n", "f:4: press: no key is called 'Nokey'"),
      (head + "== A\n> type a\n> type b\n", "f:5: type: expected one text a page"),
      (head + "==\n", "f:3: ==: expected the heading of a page"),
    ] {
      #expect(throws: TourError(description: message)) { try Tour(text, file: "f") }
    }
  }

  @Test("A tour's page waits for its keys; the same key as told, or the tour's own, goes on")
  func tour() throws {
    var person = FakeDriver(size: Size(columns: 100, rows: 30))
    let text = "title: T\nquestion: Q?\n== One\nHello.\n> press s s\n== Two\nBye.\n"
    person.act(.tour(try Tour(text, file: "f")))
    #expect(band(person).contains("Hello.") && band(person).contains("Press s"))
    person.press("s .")
    #expect(person.search.tree.simulations == 2 && band(person).contains(". goes on"))
    person.press(".")
    #expect(band(person).contains("Bye.") && band(person).contains(". ends the tour"))
    person.press("Backspace")
    #expect(band(person).contains("Hello.") && band(person).contains(". goes on"))
    person.press(". .")
    #expect(person.state.classroom.tour == nil && person.search.tree.simulations == 2)
  }

  @Test("What a page claims is reckoned, and a page that has nothing to say is left out, both ways")
  func claims() throws {
    var person = FakeDriver.searched(30, branches: 4, size: Size(columns: 160, rows: 40))
    let text = """
      title: T
      == {agreement}
      {answer} is {verdict}: {reference}. {selections}. {braces} stay { as } they are, {
      == No
      > if wrong
      never
      == Yes
      > if right
      here
      """
    #expect(throws: TourError.self, "no claim is called braces") { try Tour(text, file: "f") }
    person.act(.tour(try Tour(text.replacing("{braces}", with: "{Braces}"), file: "f")))
    let run = try #require(person.state.run)
    let finals = run.tree.finalAnswers()
    let own = try #require(finals[run.tree.finalSelection]).answer
    let same = FinalSelection.allCases.filter { finals[$0]?.answer == own }
    let words = ["none", "one", "two", "three", "four", "five", "six"]
    let page = try #require(person.state.classroom.page)
    #expect(page.title == "\(words[same.count]) of six selections say \(own)")
    #expect(own == "32" && page.text[0].hasPrefix("32 is right: 32. "), "\(page.text)")
    for selection in FinalSelection.allCases { #expect(page.text[0].contains(selection.rawValue)) }
    #expect(page.text[0].hasSuffix(". {Braces} stay { as } they are, {"))
    person.press(".")
    #expect(band(person).contains("here") && band(person).contains("3 of 3"))
    person.press("Backspace")
    #expect(band(person).contains("1 of 3"))

    // At the beginning nothing is chosen.
    for _ in 0..<60 where person.state.run?.moment ?? 0 > 0 { person.press("{") }
    let early = try #require(person.state.classroom.page)
    #expect(early.title == "none of the six selections has an answer")
    #expect(early.text[0].hasPrefix("nothing yet is no answer yet: 32. no selection has an answer."))
    person.press(".")
    #expect(person.state.classroom.tour == nil, "no other page holds, so the tour is over")
  }

  @Test("A page with a lesson shows the formula, however much it says")
  func formulaOnPage() throws {
    for size in [Size(columns: 80, rows: 24), Size(columns: 100, rows: 30)] {
      var person = taught(6, width: size.columns, height: size.rows)
      let long = String(repeating: "A page may say a good deal of what there is to be seen. ", count: 20)
      person.act(.tour(try Tour("title: T\nquestion: Q?\n== One\n\(long)\n> press S\n> lesson\n", file: "f")))
      person.press("S")
      while person.state.classroom.teaching?.lesson.phase != .select { person.press("S") }
      #expect(band(person).contains("Q + c sqrt("), "\(band(person))")
    }
  }

  @Test("A page's text is typed by the tour, or by hand", arguments: [true, false])
  func typedText(byTour: Bool) throws {
    var person = FakeDriver(size: Size(columns: 100, rows: 30))
    let text = "title: T\nquestion: Q?\n== One\nHello.\n> press i ^u\n> type It is 3.5.\n== Two\nBye.\n"
    person.act(.tour(try Tour(text, file: "f")))
    #expect(band(person).contains("Press i ^u 'It is 3.5.' Enter"))
    if byTour {
      person.press(". . .")
    } else {
      person.press("i ^u text:It_is_3.5.")
      #expect(band(person).contains("Press Enter"))
      person.press("Enter")
    }
    #expect(person.tree.nodeCount == 2 && person.tree.details[1].option?.text == "It is 3.5.\n")
    #expect(band(person).contains(". goes on"))
  }
}
