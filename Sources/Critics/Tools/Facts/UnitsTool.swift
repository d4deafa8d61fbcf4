import BigInt
import Vocabulary

/// Checks the conversions that a step states, by exact factors: `3 feet = 36 inches`, `1 hour 30 minutes is 90 minutes`.
///
/// It abstains where an operator stands beside a quantity, where the two sides measure different things, and where a whole number may be
/// meant roughly.
public struct UnitsTool: Tool {
  /// `units`.
  public let name = "units"
  /// Conversions.
  public let summary = "conversions between units, by exact factors"
  /// Every node.
  public let scope = CriticScope.everyNode
  /// What it refutes is wrong; a conversion that holds says little about what it is for.
  public let prior = ToolPrior(holds: .init(good: 4, bad: 4), refuted: .init(good: 0, bad: 24))
  /// True.
  public let vetoes = true

  /// Makes the tool; it has no state.
  public init() {}

  /// Problems that name a unit.
  public func isUseful(for checks: ProblemChecks) -> Bool { Self.namesUnit(checks.question) }

  /// Steps that name two quantities.
  public func application(to state: JudgedState) -> ToolApplication {
    Self.namesUnit(state.optionTexts.last ?? "") ? .applies : .rests("no unit")
  }

  /// Refuted where a conversion of the newest option is wrong.
  public func check(_ state: JudgedState) async throws -> ToolFinding {
    .read(Self.claims(StepWords(state.optionTexts.last ?? "")), nothing: "no conversion")
  }

  private static func namesUnit(_ text: String) -> Bool {
    StepWords(text).pieces.contains { if case .word(let word) = $0 { units[word] != nil } else { false } }
  }

  /// A quantity as it is stated: one number and unit, or several of a kind as in `1 hour 30 minutes`.
  private struct Quantity {
    var amount: Rational
    var kind: Kind
    /// Of its last number: the unit in units of its kind, and the digits behind the point.
    var unit: Rational
    var decimals: Int
    var text: String
    var end: Int
  }

  /// What units measure.
  private enum Kind: Hashable { case length, mass, time, volume, kitchen, money }

  /// The conversions that stand in `words`, and whether each is right. Complexity: O(words).
  private static func claims(_ words: StepWords) -> [(isRight: Bool, words: String)] {
    var found: [(isRight: Bool, words: String)] = []
    var at = 0
    while at < words.pieces.count {
      guard !isOperator(words[at - 1]), let left = quantity(words, at), let right = stated(words, left.end),
        left.kind == right.kind
      else {
        at += 1
        continue
      }
      if let isRight = agree(left, right) {
        found.append((isRight, "\(left.text) = \(right.text)"))
      }
      at = right.end
    }
    return found
  }

  /// What a quantity is said to be from `place` on: `= 36 inches`, `is 90 minutes.`
  private static func stated(_ words: StepWords, _ place: Int) -> Quantity? {
    if words[place] == .sign("="), let quantity = quantity(words, place + 1), !isOperator(words[quantity.end]) {
      return quantity
    }
    guard words.has(["is", "are", "equals", "equal", "makes", "make"], at: place),
      let quantity = quantity(words, place + 1), words.ends(at: quantity.end)
    else { return nil }
    return quantity
  }

  private static func quantity(_ words: StepWords, _ place: Int) -> Quantity? {
    var whole: Quantity?
    var at = place
    while let number = words.number(at), let name = words.word(at + 1), let unit = units[name],
      let amount = number.value.times(unit.factor)
    {
      let text = "\(number.text) \(name)"
      if let before = whole {
        guard before.kind == unit.kind, unit.factor < before.unit, let sum = before.amount.plus(amount) else { break }
        whole = Quantity(
          amount: sum, kind: unit.kind, unit: unit.factor, decimals: number.decimals, text: before.text + " " + text,
          end: at + 2)
      } else {
        whole = Quantity(
          amount: amount, kind: unit.kind, unit: unit.factor, decimals: number.decimals, text: text, end: at + 2)
      }
      at += 2
      if words.has(["and"], at: at), words.number(at + 1) != nil { at += 1 }
    }
    return whole
  }

  /// Whether two quantities are the same; nil where the second may be a rounded whole number.
  private static func agree(_ left: Quantity, _ right: Quantity) -> Bool? {
    guard let difference = left.amount.minus(right.amount)?.magnitude,
      let step = Rational(BigInt(1), BigInt(2) * BigInt(10).power(right.decimals))?.times(right.unit)
    else { return nil }
    if difference == Rational(0) { return true }
    if difference > step { return false }
    return right.decimals > 0 ? true : nil
  }

  private static func isOperator(_ piece: StepWords.Piece?) -> Bool {
    switch piece {
    case .sign(let sign)?: "+-*/×÷·−^".contains(sign)
    case .word(let word)?: ["x", "per", "times", "plus", "minus", "by", "of"].contains(word)
    default: false
    }
  }

  /// Units by every name of theirs, in units of their kind. Those that mean different things in different countries stand by themselves:
  /// cups to gallons are compared with one another only.
  private static let units: [String: (kind: Kind, factor: Rational)] = {
    var table: [String: (kind: Kind, factor: Rational)] = [:]
    func add(_ kind: Kind, _ top: Int, _ bottom: Int, _ names: String) {
      guard let factor = Rational(BigInt(top), BigInt(bottom)) else { return }
      for name in names.split(separator: " ") { table[String(name)] = (kind, factor) }
    }
    add(.length, 1, 1000, "mm millimeter millimeters millimetre millimetres")
    add(.length, 1, 100, "cm centimeter centimeters centimetre centimetres")
    add(.length, 1, 1, "m meter meters metre metres")
    add(.length, 1000, 1, "km kilometer kilometers kilometre kilometres")
    // By the international yard of 1959.
    add(.length, 127, 5000, "inch inches")
    add(.length, 381, 1250, "ft foot feet")
    add(.length, 1143, 1250, "yd yard yards")
    add(.length, 201_168, 125, "mile miles")
    add(.mass, 1, 1000, "mg milligram milligrams")
    add(.mass, 1, 1, "g gram grams")
    add(.mass, 1000, 1, "kg kilogram kilograms")
    add(.mass, 1_000_000, 1, "tonne tonnes")
    add(.mass, 45_359_237, 1_600_000, "oz ounce ounces")
    add(.mass, 45_359_237, 100_000, "lb lbs pound pounds")
    add(.time, 1, 1, "s second seconds")
    add(.time, 60, 1, "min minute minutes")
    add(.time, 3600, 1, "h hour hours")
    add(.time, 86_400, 1, "day days")
    add(.time, 604_800, 1, "week weeks")
    add(.volume, 1, 1000, "ml milliliter milliliters millilitre millilitres")
    add(.volume, 1, 100, "cl centiliter centiliters centilitre centilitres")
    add(.volume, 1, 1, "l liter liters litre litres")
    add(.kitchen, 1, 1, "cup cups")
    add(.kitchen, 2, 1, "pint pints")
    add(.kitchen, 4, 1, "quart quarts")
    add(.kitchen, 16, 1, "gallon gallons")
    add(.money, 1, 100, "cent cents")
    add(.money, 1, 1, "dollar dollars")
    return table
  }()
}
