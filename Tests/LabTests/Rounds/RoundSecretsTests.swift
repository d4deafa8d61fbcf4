import Foundation
import Testing
import Workspace

@testable import Lab

/// What a URL says in confidence is in nothing that a round keeps.
struct RoundSecretsTests {
  private static let whole = "http://ann:hunter2@127.0.0.1:8080/v1?key=s3cr3t#m"
  private static let kept = "http://127.0.0.1:8080/v1#m"

  private func plan() -> RoundPlan {
    var plan = RoundPlan()
    plan.models.policy = [Self.whole, "http://127.0.0.1:9090"]
    plan.models.served = ["https://ann:hunter2@models.lan/served?key=s3cr3t"]
    plan.models.rollouts = ["http://ann@127.0.0.1:7070"]
    plan.models.critics = ["/models/critic"]
    plan.adapters = "http://127.0.0.1:8080?key=s3cr3t"
    return plan
  }

  private func selection(_ urls: [String]) throws -> ModelSelection {
    var models = ModelSelection(recordings: "w.sqlite")
    models.policy = try ModelSpec(urls, flag: "--model")
    return models
  }

  @Test func aPlanKeepsUrlsWithoutThem() throws {
    let kept = try plan().withoutSecrets()
    #expect(kept.models.policy == [Self.kept, "http://127.0.0.1:9090"])
    #expect(kept.models.served == ["https://models.lan/served"])
    #expect(kept.models.rollouts == ["http://127.0.0.1:7070"] && kept.models.critics == ["/models/critic"])
    #expect(kept.adapters == "http://127.0.0.1:8080")
    #expect(
      kept.models.withheld == [
        "http://127.0.0.1:7070", "http://127.0.0.1:8080", "http://127.0.0.1:8080/v1", "https://models.lan/served",
      ])
    #expect(try kept.withoutSecrets() == kept, "what was withheld once is known to be")
    #expect(try RoundPlan().withoutSecrets() == RoundPlan())
  }

  @Test func aSeriesIsBegunWithoutThem() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "secrets-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let workspace = try Workspace(path: folder.appending(path: "w.sqlite").path(percentEncoded: false))
    var plan = plan()
    plan.skips = [.train, .evaluate, .promote]
    plan.imagined = 1
    let record = try Improvement(workspace, settings: Settings(workspace: workspace.path))
      .begin(plan, given: [], heldOut: [])
    let text = String(decoding: record.plan, as: UTF8.self)
    for secret in ["ann", "hunter2", "s3cr3t"] { #expect(!text.contains(secret), "\(text)") }
    #expect(try RoundPlan(of: record).models.policy.first == Self.kept)
  }

  @Test func aStageTakesThemFromTheConfiguration() throws {
    let kept = try plan().withoutSecrets()
    #expect(try kept.whole(Self.kept, by: selection([Self.whole])) == Self.whole)
    // Another model of the same server, by whatever path it is reached.
    #expect(
      try kept.whole("http://127.0.0.1:8080#adapter", by: selection([Self.whole]))
        == "http://ann:hunter2@127.0.0.1:8080?key=s3cr3t#adapter")
    #expect(try kept.whole("http://127.0.0.1:9090", by: selection(["http://127.0.0.1:1"])) == "http://127.0.0.1:9090")
    var others = ModelSelection(recordings: "w.sqlite")
    others.others = plan().models.served ?? []
    #expect(try kept.whole("https://models.lan/served", by: others) == others.others[0])
  }

  @Test(arguments: [
    [], ["http://127.0.0.1:8080/v1"], ["http://ann:hunter2@127.0.0.1:8081"], ["http://a:b@elsewhere:8080"],
  ])
  func aMissingOneIsSaid(_ urls: [String]) throws {
    let kept = try plan().withoutSecrets()
    let models = urls.isEmpty ? ModelSelection(recordings: "w.sqlite") : try selection(urls)
    let error = #expect(throws: LabError.self) { try kept.whole(Self.kept, by: models) }
    let words = "\(try #require(error))"
    #expect(words.hasPrefix("http://127.0.0.1:8080#m: the round was begun with a user name"), "\(words)")
    #expect(!words.contains("hunter2"))
  }

  @Test func aUrlThatCannotBeReadIsRefused() throws {
    var plan = RoundPlan()
    plan.models.policy = ["http://ann:hunter2@"]
    let error = #expect(throws: LabError.self) { try plan.withoutSecrets() }
    #expect("\(try #require(error))" == "--model: model: expected a URL such as http://127.0.0.1:8080")
  }
}
