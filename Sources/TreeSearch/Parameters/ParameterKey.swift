/// A declared parameter together with the type of its value: what every reader but flags, config files and the settings
/// panel goes by, so that a name that is not declared cannot be read.
///
/// ```swift
/// try parameters.set(SearchParameters.workers, to: 4)
/// let workers = parameters[SearchParameters.workers]  // an Int
/// ```
public struct ParameterKey<Value: Sendable>: Sendable {
  /// The declaration: name, range, default, help and source.
  public let parameter: Parameter
  private let read: @Sendable (ParameterValue) -> Value?
  private let write: @Sendable (Value) -> ParameterValue
  private let fallback: Value

  /// Dotted name, as in `--set exploration.constant=1.5`.
  public var id: String { parameter.id }

  private init(
    _ id: String, _ domain: Parameter.Domain, _ fallback: Value, help: String, citation: String,
    read: @escaping @Sendable (ParameterValue) -> Value?, write: @escaping @Sendable (Value) -> ParameterValue
  ) {
    parameter = Parameter(id: id, domain: domain, fallback: write(fallback), help: help, citation: citation)
    (self.read, self.write, self.fallback) = (read, write, fallback)
  }

  /// What `value` means for this parameter; the default for nil, and where it is of another kind.
  func value(of value: ParameterValue?) -> Value { value.flatMap(read) ?? fallback }

  /// `value` as a user would type it.
  func text(of value: Value) -> String { write(value).description }
}

extension ParameterKey<Int> {
  init(_ id: String, _ range: ClosedRange<Int>, default fallback: Int, help: String, citation: String) {
    self.init(id, .integer(range), fallback, help: help, citation: citation) {
      if case .integer(let value) = $0 { value } else { nil }
    } write: {
      .integer($0)
    }
  }
}

extension ParameterKey<Double> {
  init(_ id: String, _ range: ClosedRange<Double>, default fallback: Double, help: String, citation: String) {
    self.init(id, .number(range), fallback, help: help, citation: citation) {
      $0.number
    } write: {
      .number($0)
    }
  }
}

extension ParameterKey<Bool> {
  init(_ id: String, default fallback: Bool, help: String, citation: String) {
    self.init(id, .flag, fallback, help: help, citation: citation) {
      if case .flag(let value) = $0 { value } else { nil }
    } write: {
      .flag($0)
    }
  }
}

extension ParameterKey<String> {
  /// One of `words`: the names of rules that carry numbers of their own.
  init(_ id: String, words: [String], default fallback: String, help: String, citation: String) {
    self.init(id, .word(words), fallback, help: help, citation: citation, read: Self.word) { .word($0) }
  }

  /// Any text of at most so many bytes.
  init(_ id: String, bytes: Int, default fallback: String, help: String, citation: String) {
    self.init(id, .text(bytes), fallback, help: help, citation: citation, read: Self.word) { .word($0) }
  }

  /// ``CriticCalibrations`` of at most so many bytes.
  init(_ id: String, calibrationBytes: Int, default fallback: String, help: String, citation: String) {
    self.init(id, .calibration(calibrationBytes), fallback, help: help, citation: citation, read: Self.word) {
      .word($0)
    }
  }

  @Sendable private static func word(_ value: ParameterValue) -> String? {
    if case .word(let word) = value { word } else { nil }
  }
}

extension ParameterKey where Value: RawRepresentable<String> & CaseIterable {
  /// One of the cases, by its name.
  init(_ id: String, default fallback: Value, help: String, citation: String) {
    self.init(id, .word(Value.allCases.map(\.rawValue)), fallback, help: help, citation: citation) {
      if case .word(let word) = $0 { Value(rawValue: word) } else { nil }
    } write: {
      .word($0.rawValue)
    }
  }
}
