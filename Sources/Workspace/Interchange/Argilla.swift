import Vocabulary

extension LabelFormat {
  /// Records of Argilla for step and pair tasks: a line for each person's response.
  public static let argilla = LabelFormat(
    name: "argilla", help: "records of Argilla for step and pair tasks, a record a response",
    fits: { $0["fields"]?.isObject == true && $0["responses"] != nil }, split: { ArgillaRecord.split($0) },
    read: { try ArgillaRecord.read($0) }, write: { ArgillaRecord.write($0) })
}

/// A record of Argilla with one response; older exports list responses by person, newer ones by question.
private enum ArgillaRecord {
  /// The record once for each person who responded.
  static func split(_ record: ForeignValue) -> [ForeignValue] {
    var (people, values): ([String], [String: [(String, ForeignValue)]]) = ([], [:])
    for question in record["responses"]?.members ?? [] {
      for response in question.value.list ?? [] {
        guard let who = response["user_id"]?.word, let value = response["value"] else { continue }
        if values[who] == nil { people.append(who) }
        values[who, default: []].append((question.key, .made(["value": value])))
      }
    }
    let listed = record["responses"]?.list?.filter { response in
      response["values"]?.isObject == true && !["discarded", "draft"].contains(response["status"]?.text ?? "")
    }
    let responses =
      listed
      ?? people.map { who in
        .made(["user_id": .text(who), "values": AnnotationRecord.object(values[who] ?? [])])
      }
    return responses.map { record.with("responses", .list([$0])) }
  }

  static func read(_ record: ForeignValue) throws -> LabelledLine {
    let line = ForeignFields(value: record)
    guard let response = record["responses"]?.list?.first else { throw line.fault("responses", "a response") }
    var said: [String: String] = [:]
    for value in response["values"]?.members ?? [] {
      let answer = value.value["value"]
      // A ranking lists the texts with their ranks, or (version 2) their names alone, the best first.
      let ranked = answer?.list?.first { $0["rank"]?.whole == 1 }?["value"]
      said[value.key] = answer?.word ?? ranked?.word ?? answer?.list?.first?.word
    }
    let who = response["user_id"]?.word ?? "Argilla"
    return try AnnotationRecord(
      fields: try line.object("fields"), said: said, who: who.isEmpty ? "Argilla" : who, source: "Argilla"
    ).line()
  }

  static func write(_ line: LabelledLine) -> ForeignValue? {
    let (fields, said, preferred) = AnnotationRecord.members(of: line)
    let words = said + (preferred.map { [("preference", $0.name)] } ?? [])
    let texts = [("prompt", ForeignValue.text(line.problem.question))] + fields.map { ($0, .text($1)) }
    let response: ForeignValue = .made([
      "user_id": .text(line.who),
      "values": AnnotationRecord.object(words.map { ($0, .made(["value": .text($1)])) }), "status": .text("submitted"),
    ])
    return .made(["fields": AnnotationRecord.object(texts), "responses": .list([response])])
  }
}
