import Foundation
import Lab
import Vocabulary

// Runs are kept in a workspace; this one is gone at the end.
let folder = FileManager.default.temporaryDirectory.appending(path: "lab-example-\(UUID().uuidString)")
try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
defer { try? FileManager.default.removeItem(at: folder) }

// The embedded models with their critics and tools, and what is to be otherwise. A checkpoint of your own:
// settings.models.policy = .folder("my-model")
var settings = Settings(workspace: folder.appending(path: "workspace.sqlite").path(percentEncoded: false))
settings.seed = 7
try settings.parameters.set("limit.simulations", to: "16")

let problems = [
  Problem(
    id: "apples",
    question:
      "Finn has 9 apples. Raj has 2 apples. Finn loses 2 apples. How many apples do Finn and Raj have together now?",
    answer: "9"),
  Problem(
    id: "pens",
    question: "Max has 20 pens. Nora has 6 pens. Max sells 5 pens. How many pens do Nora and Max have together now?",
    answer: "21"),
]

// Loads the models, then searches one problem after the other; each result is told as it comes.
let lab = try await RunSetup(settings)
let results = try await lab.search(problems) { result in
  print("\(result.problem): \(result.simulations) simulations, \(result.nodes) nodes")
}

let right = results.filter { $0.correct == true }
print("\(right.count) of \(results.count) answers agree with their reference")
print("runs in the workspace: \(try lab.workspace?.runs().map(\.id).joined(separator: ", ") ?? "none")")
