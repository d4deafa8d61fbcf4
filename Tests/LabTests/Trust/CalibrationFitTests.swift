import Foundation
import Testing
import TreeSearch
import Vocabulary
import Workspace

@testable import Lab

/// Calibrations are fitted from people's labels alone, and read back as they were written.
struct CalibrationFitTests {
  private let folder = NSTemporaryDirectory() + "calibration-\(UUID().uuidString)"

  init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }

  /// A critic that says too much: a step is good as often as the square of its score.
  private func steps(_ count: Int, seed: UInt64 = 3, outcomes: Bool = false) throws -> LabelledSteps {
    let workspace = try Workspace(path: folder + "/\(UUID().uuidString).sqlite")
    var generator = SplitMix(seed: seed)
    try workspace.append(
      (0..<count).map { index in
        let score = generator.unit()
        let isGood = generator.unit() < score * score
        return Label(
          outcomes ? .note("seen") : .step(isGood ? .good : .bad),
          of: Label.Subject(problem: "p\(index / 4)", run: nil, node: 1, path: ["\(index)"]), who: "ana",
          evidence: Label.Evidence(scores: ["prm": score], correct: isGood))
      })
    return try workspace.labelledSteps()
  }

  @Test(arguments: CalibrationFit.Kind.allCases) func aFitMakesACriticHonest(_ kind: CalibrationFit.Kind) throws {
    let fit = try CalibrationFit(steps(2000), critic: "prm", kind: kind)
    #expect(fit.labels == 2000 && fit.problems == 500)
    let after = try #require(fit.after)
    #expect(fit.before.error > 0.12 && fit.before.error > fit.before.chance.high)
    #expect(after.error < 0.04, "\(after.error)")
    #expect(after.brier < fit.before.brier)
    for score in [0.3, 0.5, 0.7, 0.9] {
      #expect(abs(fit.calibration.value(score) - score * score) < 0.1, "\(kind) of \(score)")
    }
    // What is written is what was fitted.
    #expect(CriticCalibrations(fit.parameter)?["prm"] == fit.calibration)
    var parameters = SearchParameters()
    try parameters.set(SearchParameters.calibration, to: fit.parameter)
    #expect(parameters.calibrationWords == "recalibrated from people's labels: prm (\(kind.rawValue))")
    #expect(SearchParameters().calibrationWords == nil)
  }

  /// The search's own outcomes teach it nothing.
  @Test func outcomesFitNothing() throws {
    let steps = try steps(500, outcomes: true)
    #expect(steps.byUnit.values.allSatisfy { $0.isRight != nil })
    #expect { try CalibrationFit(steps, critic: "prm", kind: .platt) } throws: {
      "\($0)".hasSuffix("5 of them good and 5 bad, found 0 good and 0 bad")
    }
    #expect(throws: LabError.self) { try CalibrationFit(self.steps(30), critic: "prm", kind: .isotonic) }
    #expect(throws: LabError.self) { try CalibrationFit(self.steps(500), critic: "orm", kind: .isotonic) }
  }

  @Test func aCriticThatFallsIsRefused() throws {
    let workspace = try Workspace(path: folder + "/falls.sqlite")
    try workspace.append(
      (0..<100).map { index in
        Label(
          .step(index % 2 == 0 ? .good : .bad),
          of: Label.Subject(problem: "p\(index)", run: nil, node: 1, path: ["x"]), who: "ana",
          evidence: Label.Evidence(scores: ["prm": index % 2 == 0 ? 0.2 : 0.8]))
      })
    let steps = try workspace.labelledSteps()
    #expect { try CalibrationFit(steps, critic: "prm", kind: .platt) } throws: { "\($0)".contains("scores fall") }
    // No rising map says more than the share of good ones.
    let flat = try CalibrationFit(steps, critic: "prm", kind: .isotonic).calibration
    #expect(flat.value(0.2) == 0.5 && flat.value(0.8) == 0.5)
  }

  @Test func filesAreReadTogether() throws {
    let steps = try steps(400)
    let (first, second) = (folder + "/a.json", folder + "/b.json")
    let fit = try CalibrationFit(steps, critic: "prm", kind: .platt)
    try CalibrationFile(fit, lastLabel: steps.lastLabel).write(to: first)
    try Data(#"{"parameter": "value:isotonic:0.2:0.3", "more": 1}"#.utf8).write(to: URL(filePath: second))
    #expect(try CalibrationFile.parameter(of: [first, second]) == fit.parameter + ",value:isotonic:0.2:0.3")
    #expect { try CalibrationFile.parameter(of: [first, first]) } throws: {
      "\($0)".hasSuffix("calibrates 'prm' already")
    }
    #expect { try CalibrationFile.parameter(of: [folder + "/none.json"]) } throws: {
      "\($0)".hasSuffix("none.json: cannot be read")
    }
    for text in ["{}", "x", #"{"parameter": 1}"#, #"{"parameter": "none"}"#, "{\"parameter\": \"\u{1B}[2J\"}"] {
      try Data(text.utf8).write(to: URL(filePath: second))
      #expect { try CalibrationFile.parameter(of: [second]) } throws: { error in
        "\(error)".contains("b.json: parameter: expected") && "\(error)".printable == "\(error)"
      }
    }
  }
}
