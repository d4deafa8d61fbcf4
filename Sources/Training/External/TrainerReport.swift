import Foundation
import Vocabulary

/// What a line of a trainer's output says of its progress: a JSON object, or a Python dictionary as transformers prints it, whose
/// numbers are quoted. Read by hand: what a program prints is never evaluated.
struct TrainerReport: Equatable {
  /// Fields by name: numbers, also where they are quoted, and texts.
  private(set) var numbers: [String: Double] = [:]
  private(set) var texts: [String: String] = [:]

  /// Nil where the line is neither. Complexity: O(length).
  init?(_ line: String) {
    let text = Substring(line.trimmingCharacters(in: .whitespaces))
    guard text.first == "{", text.last == "}" else { return nil }
    if let object = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] {
      for (name, value) in object {
        if let text = value as? String {
          add(name, text)
        } else if let number = value as? Double {
          numbers[name] = number
        }
      }
    } else {
      var reader = PythonDictionary(text)
      guard let pairs = reader.read() else { return nil }
      for (name, value) in pairs { add(name, value) }
    }
  }

  private mutating func add(_ name: String, _ text: String) {
    if let number = Double(text) { numbers[name] = number } else { texts[name] = text }
  }

  /// The first of `names` that is a number.
  func number(_ names: String...) -> Double? { names.lazy.compactMap { numbers[$0] }.first }

  /// The same as a whole number that is not negative.
  func count(_ names: String...) -> Int? {
    names.lazy.compactMap { numbers[$0] }.first.flatMap { $0 >= 0 && $0 < 1e15 ? Int($0) : nil }
  }
}

/// A flat dictionary as Python prints it: `{'loss': '4.394', 'epoch': 0.5, 'done': True}`.
private struct PythonDictionary {
  private var rest: Substring

  init(_ text: Substring) { rest = text }

  /// Nil where it is none, or holds more than texts, numbers and names.
  mutating func read() -> [(String, String)]? {
    guard take("{") else { return nil }
    var pairs: [(String, String)] = []
    while !take("}") {
      guard pairs.isEmpty || take(","), !take("}") else { return rest.isEmpty && !pairs.isEmpty ? pairs : nil }
      guard let name = quoted(), take(":"), let value = quoted() ?? bare() else { return nil }
      pairs.append((name, value))
    }
    skipSpaces()
    return rest.isEmpty ? pairs : nil
  }

  private mutating func skipSpaces() { rest = rest.drop { $0 == " " } }

  private mutating func take(_ sign: Character) -> Bool {
    skipSpaces()
    guard rest.first == sign else { return false }
    rest.removeFirst()
    return true
  }

  private mutating func quoted() -> String? {
    skipSpaces()
    guard let quote = rest.first, quote == "'" || quote == "\"" else { return nil }
    var text = ""
    var at = rest.index(after: rest.startIndex)
    while at < rest.endIndex, rest[at] != quote {
      if rest[at] == "\\" {
        at = rest.index(after: at)
        guard at < rest.endIndex else { return nil }
      }
      text.append(rest[at])
      at = rest.index(after: at)
    }
    guard at < rest.endIndex else { return nil }
    rest = rest[rest.index(after: at)...]
    return text
  }

  private mutating func bare() -> String? {
    let word = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "+-._".contains($0)) }
    rest = rest.dropFirst(word.count)
    return word.isEmpty ? nil : String(word)
  }
}

/// Where a training stands, put together from what its trainer reports.
struct ReportedProgress {
  /// Steps that the trainer will take, as far as that is known.
  private(set) var steps: Int
  /// Steps done.
  private(set) var step = 0
  /// The last loss told, in nats.
  private(set) var loss: Double?
  /// True where the last loss was no number.
  private(set) var hasDiverged = false
  private let epochs: Double

  /// - Parameters:
  ///   - steps: what the rows and the recipe come to; 0 where nobody knows.
  ///   - epochs: times that each row is seen.
  ///   - done: steps that an earlier call has done.
  init(steps: Int, epochs: Int, done: Int = 0) { (self.steps, self.epochs, step) = (steps, Double(epochs), done) }

  /// What the line tells that is new; nil where it tells nothing of a step.
  mutating func take(_ line: String) -> TrainingProgress? {
    guard let report = TrainerReport(line) else { return nil }
    let loss = report.number("loss")
    let told = report.count("step", "current_steps", "global_step")
    let message = report.texts["message"].map { SafeText.quotation($0, limit: 200) }
    if told == nil, loss == nil {
      return message.map { TrainingProgress(step: step, steps: max(steps, step), message: $0) }
    }
    // One line a step, where it does not say which.
    step = told ?? step + 1
    if let total = report.count("steps", "total_steps", "max_steps"), total > 0 {
      steps = total
    } else if told == nil, let epoch = report.number("epoch"), epoch > 0, steps == 0 {
      // Several processes share a step's rows.
      steps = Int((Double(step) / epoch * epochs).rounded())
    }
    if let loss {
      hasDiverged = !loss.isFinite
      self.loss = loss.isFinite ? loss : nil
    }
    let rate = report.number("learning_rate", "lr").flatMap { $0.isFinite ? $0 : nil }
    return TrainingProgress(
      step: step, steps: max(steps, step), loss: loss == nil ? nil : self.loss, learningRate: rate,
      tokens: report.count("tokens", "num_tokens", "total_tokens"), message: message)
  }
}
