import Vocabulary

extension TreeFormat {
  /// Solutions that were sampled one by one: a prefix tree of their lines.
  static let samples = TreeFormat(
    "samples",
    help: "sampled solutions: a text a line, or a list of texts for each question; they become a prefix tree",
    joinsLines: true, fits: { SampleFile.fits($0) }, read: { try SampleFile.read($0) })
}

private enum SampleFile {
  private static let lists = [
    "samples", "responses", "completions", "outputs", "generations", "solutions", "candidates", "answers", "texts",
  ]
  private static let texts = [
    "response", "completion", "output", "generation", "solution", "text", "sample", "prediction",
  ]

  static func fits(_ value: JSONView) -> Bool {
    if value.string != nil { return true }
    if let list = value.list { return list.allSatisfy { $0.string != nil } && !value.isEmpty }
    return lists.contains { value[$0]?.list != nil } || texts.contains { value[$0]?.string != nil }
  }

  /// A solution and what is known of it.
  private struct Sample {
    let text: String
    let score: Double?
    let answer: String?
    let offset: Int
  }

  /// A question's solutions.
  private struct Group {
    var draft = TreeDraft()
    var samples: [Sample] = []
  }

  static func read(_ values: [JSONView]) throws -> [TreeDraft] {
    var (order, groups): ([String], [String: Group]) = ([], [:])
    for value in values {
      let question = value.questionText ?? ""
      let key = (value.problemNameForSamples ?? "") + "\u{0}" + question
      if groups[key] == nil {
        order.append(key)
        groups[key] = Group()
        groups[key]?.draft.question = value.questionText
        groups[key]?.draft.problemID = value.problemNameForSamples
        groups[key]?.draft.answer = value.first("ground_truth", "gold", "reference", "target")?.word
        groups[key]?.draft.root.offset = value.offset
        if let model = value.first("model", "generator")?.string { groups[key]?.draft.models = ["policy": model] }
      }
      groups[key]?.samples += try samples(value)
    }
    return order.compactMap { groups[$0].map(tree) }
  }

  private static func samples(_ value: JSONView) throws -> [Sample] {
    if value.string != nil { return [try sample(value, value)] }
    let list = value.list ?? lists.lazy.compactMap { value[$0]?.list }.first { _ in true }
    if let list { return try list.map { try sample($0, $0) } }
    guard let text = texts.lazy.compactMap({ value[$0] }).first(where: { $0.string != nil }) else {
      throw TreeFault(value, texts[0], "a solution's text")
    }
    return [try sample(text, value)]
  }

  private static func sample(_ text: JSONView, _ facts: JSONView) throws -> Sample {
    guard let words = text.stepText ?? text.first("completion", "solution", "generation")?.string else {
      throw TreeFault(offset: text.offset, field: "text", "expected a solution's text, found \(text.kindWords)")
    }
    let correct = facts.first("correct", "is_correct", "passed")?.flag.map { $0 ? 1.0 : 0 }
    let score = facts.first("score", "reward", "orm")?.number ?? correct
    let answer = facts.isObject ? facts.first("predicted_answer", "extracted_answer", "pred")?.word : nil
    return Sample(text: words, score: score, answer: answer, offset: text.offset)
  }

  /// The solutions' lines as a prefix tree: N and Q where every solution has a score; the prior is the share that goes on so.
  private static func tree(_ group: Group) -> TreeDraft {
    struct Key: Hashable {
      let parent: Int
      let line: Substring
    }
    var draft = group.draft
    var places: [Key: Int] = [:]
    var counts: [Int] = []
    var sums: [Double] = []
    let isScored = group.samples.allSatisfy { $0.score?.isFinite == true }
    for sample in group.samples {
      var (parent, last) = (-1, -1)
      let lines = sample.text.split(omittingEmptySubsequences: true, whereSeparator: \.isNewline).filter { line in
        !line.allSatisfy(\.isWhitespace)
      }
      for line in lines {
        let key = Key(parent: parent, line: line)
        if let place = places[key] {
          last = place
        } else {
          var node = TreeDraft.Node()
          (node.text, node.offset) = (String(line), sample.offset)
          if parent >= 0 { node.parent = .place(parent) }
          last = draft.add(node)
          places[key] = last
          counts.append(0)
          sums.append(0)
        }
        counts[last] += 1
        sums[last] += sample.score ?? 0
        parent = last
      }
      guard last >= 0 else {
        draft.findings.add(.line, .dropped, at: "the file", "a solution without any text")
        continue
      }
      draft.nodes[last].isTerminal = true
      if let answer = sample.answer { draft.nodes[last].answer = answer }
      if let score = sample.score { draft.nodes[last].scores = [(CriticName.orm, score, nil)] }
    }
    let total = group.samples.count
    for place in draft.nodes.indices {
      var before = total
      if case .place(let parent) = draft.nodes[place].parent { before = counts[parent] }
      draft.nodes[place].prior = before > 0 ? Double(counts[place]) / Double(before) : nil
      if isScored {
        draft.nodes[place].visits = Double(counts[place])
        draft.nodes[place].mean = sums[place] / Double(counts[place])
      }
    }
    if isScored, total > 0 {
      draft.root.visits = Double(total)
      draft.root.mean = group.samples.reduce(0) { $0 + ($1.score ?? 0) } / Double(total)
    }
    return draft
  }
}

extension JSONView {
  /// A problem's name, where lines of one problem share it: a line's own number is none.
  fileprivate var problemNameForSamples: String? { first("problem_id", "task_id", "question_id", "id")?.word }
}
