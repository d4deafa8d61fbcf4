import Vocabulary

/// The options that a question offers, as a file spells them.
struct ProblemChoices {
  private struct Choice {
    /// What the file calls it, where it says.
    var label: String?
    var text: String
    var isNumber = false
    var isRight = false
  }

  /// Most options that letters can name.
  static let most = 26

  private var choices: [Choice]
  /// Names of the fields that they were read from.
  private(set) var used: Set<String> = []

  /// Their texts, A first.
  var texts: [String] { choices.map(\.text) }

  /// The options of `record`; nil where it offers none. Throws `ProblemRecord.Fault` where a field that the user named holds none.
  init?(_ record: ProblemRecord) throws {
    for found in record.values(of: .choices) {
      let isMarked = ProblemField.markedChoices.contains(ProblemField.plain(found.name))
      guard let choices = isMarked ? Self.marked(found.value.members ?? []) : Self.choices(in: found.value) else {
        if record.isNamed(.choices) {
          throw ProblemRecord.Fault(
            field: found.name, expected: "expected a list of options, found \(found.value.kind.rawValue)")
        }
        continue
      }
      self.init(choices, used: [found.name])
      try check(found.name)
      return
    }
    guard !record.isNamed(.choices), let (choices, used) = Self.columns(of: record) else { return nil }
    self.init(choices, used: used)
  }

  private init(_ choices: [Choice], used: Set<String>) {
    self.choices = choices
    self.used = used
  }

  private func check(_ field: String) throws {
    if choices.count > Self.most {
      throw ProblemRecord.Fault(
        field: field, expected: "expected at most \(Self.most) options, found \(choices.count)")
    }
  }

  /// `question` with the lettered lines, unless it has them already.
  func shown(below question: String) -> String {
    let letters = Self.letters
    let isThere = zip(letters, choices).allSatisfy { letter, choice in
      ["\(letter)) ", "\(letter). ", "\(letter): ", "\(letter))", "\(letter).", "\(letter):"].contains {
        question.contains($0 + choice.text)
      }
    }
    if isThere { return question }
    return ([question] + zip(letters, choices).map { "\($0)) \($1.text)" }).joined(separator: "\n")
  }

  private static let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".map { String($0) }

  // MARK: - The right one

  /// The place of the choice that the file marks as right, if it does.
  var marked: Int? { choices.firstIndex(where: \.isRight) }

  /// Which choice a field names: by label, by letter, by its place from 0, or by its text; nil where none.
  func place(of found: ProblemRecord.Found) -> Int? {
    let value = found.value
    guard let word = value.word?.trimmed, !word.isEmpty else { return nil }
    // pandas writes 1.0 where a column has gaps.
    let number = Int(word) ?? Double(word).flatMap { Int(exactly: $0) }
    let place = number.flatMap { choices.indices.contains($0) ? $0 : nil }
    if let place, ProblemField.placeNames.contains(ProblemField.plain(found.name)) { return place }
    if let labelled = choices.firstIndex(where: { $0.label?.lowercased() == word.lowercased() }) { return labelled }
    // A number beside texts counts places; beside numbers it is one of them.
    if value.kind == .number, let place, !choices.contains(where: \.isNumber) { return place }
    if let exact = choices.firstIndex(where: { $0.text == word }) { return exact }
    if let named = AnswerFormat.choice(word, among: texts) { return named }
    if word.count == 1, let index = Self.letters.firstIndex(of: word.uppercased()), index < choices.count {
      return index
    }
    if let place { return place }
    return AnswerFormat.answer(in: word).flatMap { AnswerFormat.choice($0, among: texts) }
  }

  // MARK: - Shapes

  private static func choices(in value: JSONScanner.Value) -> [Choice]? {
    let found: [Choice]? =
      switch value.kind {
      case .list: list(value.elements ?? [])
      case .object: object(value.members ?? [])
      case .string: value.text.flatMap(text)
      default: nil
      }
    // Rows of a table with as many columns as the longest question has options are filled up with empty ones.
    guard var choices = found else { return nil }
    while choices.last?.text.isBlank == true { choices.removeLast() }
    guard choices.count > 1, choices.allSatisfy({ !$0.text.isBlank }) else { return nil }
    return withoutLetters(choices)
  }

  private static func list(_ elements: [JSONScanner.Value]) -> [Choice]? {
    var choices: [Choice] = []
    for element in elements {
      if let members = element.members {
        guard let choice = labelled(members) else { return nil }
        choices.append(choice)
      } else {
        guard let word = element.word else { return nil }
        choices.append(Choice(text: word, isNumber: element.kind == .number))
      }
    }
    return choices
  }

  /// `{"label": "A", "text": "12"}`.
  private static func labelled(_ members: [JSONScanner.Member]) -> Choice? {
    func word(_ names: [String]) -> String? {
      names.lazy.compactMap { name in members.first { $0.key.lowercased() == name }?.value.word }.first
    }
    guard let text = word(["text", "content", "value", "answer", "option", "choice"]) else { return nil }
    return Choice(
      label: word(["label", "key", "letter", "id", "identifier"]), text: text,
      isRight: word(["is_correct", "iscorrect", "correct"]) == "true")
  }

  /// `{"label": ["A", "B"], "text": ["12", "21"]}`, or `{"A": "12", "B": "21"}`.
  private static func object(_ members: [JSONScanner.Member]) -> [Choice]? {
    func words(_ names: [String]) -> [String]? {
      guard let list = members.first(where: { names.contains($0.key.lowercased()) })?.value.elements else { return nil }
      let words = list.compactMap(\.word)
      return words.count == list.count ? words : nil
    }
    if let texts = words(["text", "texts", "choices"]) {
      let labels = words(["label", "labels"]).flatMap { $0.count == texts.count ? $0 : nil }
      return texts.indices.map { Choice(label: labels?[$0], text: texts[$0]) }
    }
    let isLettered = members.allSatisfy { member in
      member.key.count == 1 && member.key.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
    }
    guard isLettered else { return nil }
    let found = members.filter { $0.kind != .null }.map { ($0.key, $0.value.word) }
    let choices = found.compactMap { label, text in text.map { Choice(label: label, text: $0) } }
    return choices.count == found.count ? choices : nil
  }

  /// `{"choices": ["12", "21"], "labels": [0, 1]}`, or `{"12": 0, "21": 1}`.
  private static func marked(_ members: [JSONScanner.Member]) -> [Choice]? {
    func elements(_ key: String) -> [JSONScanner.Value]? { members.first { $0.key == key }?.value.elements }
    let listed = elements("choices").flatMap { texts in
      elements("labels").flatMap { $0.count == texts.count ? Array(zip(texts.map(\.word), $0)) : nil }
    }
    let pairs = listed ?? members.map { ($0.key, $0.value) }
    let choices = pairs.compactMap { text, mark in
      text.flatMap { text in mark.word.flatMap(Double.init).map { Choice(text: text, isRight: $0 == 1) } }
    }
    return choices.count == pairs.count && choices.count > 1 ? choices : nil
  }

  /// A text that stands in a table: a list as JSON or Python writes it, `a ) 38 , b ) 27`, a line or `|` each.
  private static func text(_ text: String) -> [Choice]? {
    let trimmed = text.trimmed
    if trimmed.hasPrefix("["), let listed = QuotedList.texts(trimmed) { return listed.map { Choice(text: $0) } }
    if trimmed.hasPrefix("{") {
      let members = try? JSONScanner.members(of: Array(trimmed.utf8)[...], knowsNaN: true)
      return members.flatMap(object)
    }
    if let lettered = LetteredText.texts(trimmed) { return lettered.map { Choice(text: $0) } }
    let separator = trimmed.contains(where: \.isNewline) ? "\n" : trimmed.contains("|") ? "|" : ";"
    let parts = trimmed.split(separator: separator).map { String($0).trimmed }.filter { !$0.isEmpty }
    return parts.count > 1 ? parts.map { Choice(text: $0) } : nil
  }

  /// Without the letters that the file put before the texts: `A)21`, `(B) 7`.
  private static func withoutLetters(_ choices: [Choice]) -> [Choice] {
    let bare = zip(letters, choices).map { LetteredText.dropping($0, from: $1.text) }
    guard bare.allSatisfy({ $0 != nil }) else { return choices }
    return zip(choices, bare).map { choice, text in
      var choice = choice
      choice.text = text ?? choice.text
      return choice
    }
  }

  /// Choices that stand in a field each: `A` `B` `C`, `option_a` …, `choice1` ….
  private static func columns(of record: ProblemRecord) -> ([Choice], Set<String>)? {
    for columns in record.shape.choiceColumns {
      var (choices, used): ([Choice], Set<String>) = ([], [])
      for (label, index) in columns {
        let member = record.members[index]
        guard let word = member.value.word, !word.isBlank else { break }
        choices.append(Choice(label: label, text: word, isNumber: member.value.kind == .number))
        used.insert(member.key)
      }
      if choices.count > 1 { return (choices, used) }
    }
    return nil
  }
}
