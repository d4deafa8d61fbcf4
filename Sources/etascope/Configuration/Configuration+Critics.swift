import Critics
import Models
import TOMLKit
import TreeInsight
import TreeSearch
import Vocabulary

extension Configuration {
  /// The critics that the file's tables `[critic.NAME]` describe, and those that a critic model without heads brings with it.
  ///
  /// - Throws: exit code 2 for a field that cannot be used.
  func criticSpecs() throws -> [CriticSpec] {
    let own = try table("critic").map { table in
      try table.keys.sorted().map { name in
        guard let fields = table[name]?.table else {
          throw ExitError.usage("\(source): critic.\(name): expected a table, as in [critic.\(name)]")
        }
        return try CriticTable(fields, name, "\(source): critic.\(name)").spec()
      }
    }
    let named = own ?? []
    guard let model = try criticModel(), !model.isFolder else { return named }
    return CriticSpec.labels(model).filter { spec in !named.contains { $0.name == spec.name } } + named
  }

  /// Every critic that can be asked for, with its weight where `--critics` says nothing.
  func availableCritics() throws -> [CriticWeight] {
    let specs = try criticSpecs()
    let hasHeads = try criticModel()?.isFolder ?? true
    let known = ModelSet.criticWeights.filter { weight in
      // Only a folder has a head for the value.
      hasHeads || !CriticName.learned.contains(weight.name) || specs.contains { $0.name == weight.name }
    }
    return known.map { weight in specs.first { $0.name == weight.name }?.weighed ?? weight }
      + specs.filter { spec in !known.contains { $0.name == spec.name } }.map(\.weighed)
  }
}

/// A table of the configuration file that describes a critic.
private struct CriticTable {
  private let fields: ConfigurationTable
  private let name: String

  init(_ table: TOMLTable, _ name: String, _ place: String) throws {
    self.name = name
    fields = try ConfigurationTable(
      table, place,
      keys: [
        "kind", "model", "prompt", "good", "bad", "samples", "temperature", "scope", "squash", "weight",
      ])
    if ModelSet.tools.contains(name) { throw ExitError.usage("\(place): expected another name, '\(name)' is a tool") }
    if !name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }) {
      throw ExitError.usage("\(place): expected a name of letters, digits, - and _")
    }
  }

  func spec() throws -> CriticSpec {
    guard let kind = try fields.word("kind", CriticSpec.Kind.self) else {
      throw fields.error("kind", "expected one of \(CriticSpec.Kind.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    var spec = CriticSpec(name, kind, scope: try fields.word("scope", CriticScope.self))
    if let models = try fields.list("model") ?? text("model").map({ [$0] }) {
      spec.model = try ModelSpec(models, flag: "\(fields.place).model")
    }
    if [.pooling, .classify, .rerank].contains(kind) {
      guard case .servers(let urls)? = spec.model, urls.count == 1 else {
        throw fields.error("model", "expected the URL of the server that has the head")
      }
    }
    if let prompt = try text("prompt") { spec.prompt = prompt }
    if let good = try text("good") { spec.labels.good = good }
    if let bad = try text("bad") { spec.labels.bad = bad }
    let words = [spec.labels.good, spec.labels.bad].map { $0.filter { !$0.isWhitespace } }
    if words.contains("") || words[0] == words[1] {
      throw fields.error("good", "expected two different words, good and bad")
    }
    if let samples = try fields.number("samples", 1...1024) { spec.samples = Int(samples) }
    if let temperature = try fields.number("temperature", 0...10) { spec.temperature = temperature }
    if let squash = try fields.word("squash", ScalarCritic.Squash.self) { spec.squash = squash }
    if let weight = try fields.number("weight", 0...1_000_000) { spec.weight = weight }
    return spec
  }

  /// A text that says something.
  private func text(_ key: String) throws -> String? {
    guard let text = try fields.text(key) else { return nil }
    if text.isEmpty { throw fields.error(key, "expected a text") }
    return text
  }
}
