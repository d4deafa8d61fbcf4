#if TESTABLE
  import Foundation
  import Vocabulary

  @testable import Canvas
  @testable import Critics
  @testable import Explorer
  @testable import Recorder
  @testable import Terminal
  @testable import TreeInsight
  @testable import TreeSearch

  /// Texts: what models write, people type, and terminals send.
  extension FuzzTarget {
    /// Text that is shown: nothing that acts on a terminal is left of it, and a second time changes nothing.
    static let safeText = FuzzTarget(
      "safe-text", words: ["\u{300}", "\u{1F468}\u{200D}\u{1F469}", "日", "\u{2028}"], longest: 1 << 9, quick: 400
    ) { bytes in
      let source = String(decoding: bytes, as: UTF8.self)
      for sanitizer in [Sanitizer(), Sanitizer(lineEnd: .space, tabWidth: 4, limit: 200), Sanitizer(lineEnd: .removed)]
      {
        let text = sanitizer.text(bytes)
        try FuzzFinding.requireSafe(text)
        // Tabs became several spaces: what is too long now is cut by a second time.
        if text.unicodeScalars.count <= sanitizer.limit {
          try FuzzFinding.require(sanitizer.text(text) == text, "twice is not once: \(text)")
        }
        for width in [1, 2, 7, 80] {
          let lines = wrap(text, width: width)
          let isNarrow = lines.allSatisfy { TextWidth.columns($0) <= max(width, 2) }
          try FuzzFinding.require(isNarrow, "a line of \(text) is wider than \(width)")
          let cut = TextWidth.truncated(text, to: width)
          try FuzzFinding.require(TextWidth.columns(cut) <= width, "cut to \(width), \(cut) is wider")
        }
      }
      for line in Sanitizer(lineEnd: .kept).text(bytes).split(separator: "\n") {
        try FuzzFinding.requireSafe(String(line))
      }
      for substitute in [SafeText.Substitute.picture, .space, .nothing] {
        let text = SafeText.line(source, replacing: substitute)
        try FuzzFinding.requireSafe(text)
        try FuzzFinding.require(SafeText.line(text, replacing: substitute) == text, "twice is not once: \(text)")
      }
      let quoted = SafeText.quotation(source, limit: 40)
      try FuzzFinding.requireSafe(quoted)
      let json = SafeText.json(String(decoding: try JSONEncoder().encode([source]), as: UTF8.self))
      try FuzzFinding.requireSafe(json)
      let back = try JSONDecoder().decode([String].self, from: Data(json.utf8))
      try FuzzFinding.require(
        back.first?.unicodeScalars.elementsEqual(source.unicodeScalars) == true, "JSON says another text")
    }

    /// Filters, rules, breakpoints, queries, and what can be typed next.
    static let filters = FuzzTarget(
      "filters",
      words: [
        "n>1", "q<0.4", "or", "not", "(", ")", "|", "!", "\"", "critic.prm>=0.5", "answer=", "score", "agree",
        "best changes",
        "merge", "split=", "depth=2", "1e308", ">=", "!=", "contradicted", "chosen.", "chosen.rerank", "first-error",
        "preset=", "seed=", "final.selection=",
      ], longest: 1 << 9, quick: 500
    ) { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      let tree = try SharedFixtures.tree.made()
      func check(_ error: FilterError) throws {
        try FuzzFinding.require((1...text.count + 1).contains(error.column), "column \(error.column) of \(text.count)")
      }
      do throws(FilterError) {
        let filter = try NodeFilter(text)
        let facts = filter.facts(of: tree)
        for id in tree.nodes.indices.prefix(20) { _ = filter.matches(NodeID(id), in: tree, facts: facts) }
      } catch { try check(error) }
      do throws(FilterError) {
        let rule = try TrajectoryRule(text)
        let facts = TrajectoryFacts(score: 0.5, agree: 3, share: 0.5, steps: 4, weakest: nil, isContradicted: false)
        _ = rule.matches(facts, endingAt: NodeID(0), in: tree)
        _ = rule.margin(of: facts)
      } catch { try check(error) }
      do throws(FilterError) { _ = try Breakpoint(text) } catch { try check(error) }
      do throws(FilterError) { _ = try ProblemQuery(text) } catch { try check(error) }
      for cursor in [0, text.count / 2, text.count] {
        for completion in [
          FilterCompletion.breakpoint(text, cursor: cursor, critics: ["prm"]),
          FilterCompletion.fork(text, cursor: cursor, now: tree.parameters),
        ] {
          let isInside = completion.range.lowerBound >= 0 && completion.range.upperBound <= text.count
          try FuzzFinding.require(isInside, "completion at \(completion.range) of \(text.count) characters")
        }
      }
      var settings = ForkSettings()
      try? settings.set(text)
      _ = try? ForkSettings(text)
    }

    /// Answers in what models write: the same answer whoever is asked first.
    static let answers = FuzzTarget(
      "answers",
      words: [
        "\\boxed{", "\\frac{1}{2}", "\\sqrt{2}", "####", "The answer is ", "%", "^", "x", "\\pi", "(", ")", "{1,2}",
        "$",
        "1/3", "kilometers", "\\text{", "\\%", "=", "1,000", "−", "½", "²",
      ], longest: 1 << 9, quick: 400
    ) { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      let (one, other) = (text.prefix { $0 != "\n" }, text.drop { $0 != "\n" }.dropFirst())
      let (a, b) = (String(one), String(other))
      let (there, back) = (AnswerFormat.agree(a, b), AnswerFormat.agree(b, a))
      try FuzzFinding.require(there == back, "\(a) and \(b) agree one way only")
      if let value = AnswerValue(a) { _ = value.says(value) }
      _ = AnswerFormat.answer(in: text, markers: ["Answer:"])
      _ = AnswerFormat.ending(of: text, markers: ["Answer:"])
      _ = AnswerFormat.endsWithAnswer(bytes, markers: ["Answer:"])
      _ = Problem(id: "a", question: "q", answer: b, choices: ["A", b, "3"]).accepts(a)
    }

    /// Tools that read what models write.
    static let tools = FuzzTarget(
      "tools",
      words: [
        "=", "+", "*", "/", "^", "(", ")", "%", "$", "```python\n", "```", "{\"type\":", "\"properties\":", "\\times",
        "sqrt",
      ],
      longest: 1 << 10, quick: 500
    ) { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      let verdict = CalculatorCritic.verdict(on: text, earlier: [text], markers: ["Answer:"])
      try FuzzFinding.require(verdict.score.map { (0...1).contains($0) } ?? true, "a score of \(verdict.score ?? -1)")
      _ = CodeBlocks(text)
      let judged = JudgeCritic.read(text)
      try FuzzFinding.require(
        judged.score.map { (0...1).contains($0) } ?? true, "a judge's score of \(judged.score ?? -1)")
      let halves = text.split(separator: "\u{1E}", maxSplits: 1).map(String.init)
      if let schema = halves.first.flatMap(JSONSchema.init), let value = halves.last.flatMap(JSONValue.init) {
        _ = try schema.misfit(value)
      }
      _ = CriticCalibrations(text)
    }

    /// What terminals send: keys, pastes, the mouse.
    static let keys = FuzzTarget(
      "keys", words: ["\u{1B}[", "\u{1B}[200~", "\u{1B}[201~", "\u{1B}[<0;1;1M", "\u{1B}O", "~", ";"]
    ) {
      bytes in
      let scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars.map { RawInput.scalar($0.value) }
      var decoder = InputDecoder()
      for start in stride(from: 0, to: scalars.count, by: 64) {
        _ = decoder.events(Array(scalars[start..<min(start + 64, scalars.count)]))
      }
    }

    /// What the recorder's terminal is told.
    static let screens = FuzzTarget(
      "screens",
      words: ["\u{1B}[", "\u{1B}]0;", "\u{1B}(0", "\u{1B}[1;1H", "\u{1B}[2J", "\u{1B}[5;2r", "\u{1B}[38;5;1m", "9999"]
    ) { bytes in
      var (buffer, screen) = (UTF8Buffer(), ScreenModel(columns: 20, rows: 6))
      for start in stride(from: 0, to: bytes.count, by: 13) {
        screen.feed(buffer.feed(Array(bytes[start..<min(start + 13, bytes.count)])))
      }
      try FuzzFinding.require(screen.lines.count == 6, "\(screen.lines.count) lines")
      _ = screen.picture
    }
  }
#endif
