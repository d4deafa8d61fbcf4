import Foundation
import Vocabulary

extension LabelFormat {
  /// Tasks of Label Studio for steps and pairs: a line for each annotation.
  public static let labelStudio = LabelFormat(
    name: "label-studio", help: "tasks of Label Studio for step and pair tasks, a task an annotation",
    fits: { $0["data"]?.isObject == true && $0["annotations"]?.list != nil }, split: { LabelStudioTask.split($0) },
    read: { try LabelStudioTask.read($0) }, write: { LabelStudioTask.write($0) })
}

/// A task of Label Studio with one annotation.
private enum LabelStudioTask {
  /// The task once for each annotation that was not cancelled.
  static func split(_ task: ForeignValue) -> [ForeignValue] {
    (task["annotations"]?.list ?? []).filter { $0["was_cancelled"]?.flag != true }
      .map { task.with("annotations", .list([$0])) }
  }

  static func read(_ task: ForeignValue) throws -> LabelledLine {
    let line = ForeignFields(value: task)
    guard let annotation = task["annotations"]?.list?.first else { throw line.fault("annotations", "an annotation") }
    var (said, preferred): ([String: String], Int?) = ([:], nil)
    for result in annotation["result"]?.list ?? [] {
      let value = result["value"]
      if result["type"]?.text == "pairwise" {
        preferred = ["left": 0, "right": 1][value?["selected"]?.text ?? ""]
        continue
      }
      let word = value?["choices"]?.list?.first?.word ?? value?["rating"]?.word ?? value?["number"]?.word
      // What is asked of a step goes by the step's name, or by the question's own.
      for key in ["from_name", "to_name"] { if let name = result[key]?.text, let word { said[name] = word } }
    }
    let person = annotation["completed_by"]
    let who = person?.word ?? person?["email"]?.word ?? person?["id"]?.word ?? "Label Studio"
    var record = AnnotationRecord(
      fields: try line.object("data"), said: said, preferred: preferred, who: who.isEmpty ? "Label Studio" : who,
      source: "Label Studio")
    record.at = annotation["created_at"]?.text
    record.milliseconds = annotation["lead_time"]?.word.flatMap(Double.init).flatMap { seconds in
      0...1e9 ~= seconds ? Int((seconds * 1000).rounded()) : nil
    }
    return try record.line()
  }

  static func write(_ line: LabelledLine) -> ForeignValue? {
    let (fields, said, preferred) = AnnotationRecord.members(of: line)
    var results = said.map { name, word -> ForeignValue in
      .made([
        "from_name": .text(name), "to_name": .text(name), "type": .text("choices"),
        "value": .made(["choices": .list([.text(word)])]),
      ])
    }
    if let preferred {
      results.append(
        .made([
          "from_name": .text("preference"), "to_name": .text("pair"), "type": .text("pairwise"),
          "value": .made(["selected": .text(preferred.place == 0 ? "left" : "right")]),
        ]))
    }
    let texts = [("prompt", ForeignValue.text(line.problem.question))] + fields.map { ($0, .text($1)) }
    return .made([
      "data": AnnotationRecord.object(texts),
      "annotations": .list([.made(["completed_by": .text(line.who), "result": .list(results)])]),
    ])
  }
}
