import Testing

/// Problems as long as GSM8K's, which none of the bundled models or critics was trained on.
enum LongProblems {
  /// A file of three of them, in `scratch`.
  static func file(in scratch: Scratch) throws -> String {
    try scratch.file(
      "long.jsonl",
      #"""
      {"id": "bakery", "question": "A baker makes 36 loaves before dawn. Six of them burn and he gives three to his neighbours. He sells a third of what is left at the market for $5 each; the rest go to two restaurants, which pay $7 for every two loaves and take only full pairs. In a week he does this on four days. How many dollars does he take in during the week?", "answer": "432"}
      {"id": "orchard", "question": "Mara picks apples in an orchard with 12 rows of 8 trees. Each tree in the first half of the rows gives 15 kilograms, each tree in the other half 10 kilograms. A tenth of the harvest is bruised and is pressed into juice at 2 kilograms a bottle. The bottles are sold for $3 each and the good apples for $2 a kilogram. How many dollars does the harvest bring?", "answer": "2340"}
      {"id": "ferry", "question": "A ferry crosses the river 9 times a day and carries at most 24 cars. On Monday it is full on the first 4 crossings, half full on the next 3 and carries 5 cars on each of the others. A ticket costs $6 a car, and the crew spends $45 on fuel for every crossing. How many dollars are left at the end of Monday?", "answer": "447"}

      """#)
  }

  /// Limits with which a search of them by default critics ends soon: two simulations of four rollouts each.
  static func limits(tokens: Int) -> [String] {
    [
      "--simulations", "2", "--set", "option.maximumTokens=\(tokens)", "--set", "rollout.maximumTokens=\(tokens)",
      "--set",
      "depth.maximum=4", "--json",
    ]
  }

  /// Every problem ended at its limits, was judged by `critics`, and has an answer or says that there is none.
  static func expectEnded(_ result: Program.Outcome, tokens most: Int, critics: Set<String>) throws {
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.objects.map { $0["problem"] as? String } == ["bakery", "orchard", "ferry"])
    for object in result.objects {
      #expect((object["simulations"] as? Int, object["stopped"] as? String) == (2, "simulations"))
      let draws = try #require(object["draws"] as? Int)
      let tokens = try #require(object["tokens"] as? [String: Int])
      // What a tool refutes is drawn again, three times at most (`tools.redraws`); one draw may have been on its way at the end.
      let tries = 1 + 3
      #expect((1...tries * (draws + 1) * most).contains(tokens["policy"] ?? 0), "\(tokens)")
      #expect((1...tries * 2 * 4 * most).contains(tokens["rollout"] ?? 0), "\(tokens)")
      let calls = try #require(object["criticCalls"] as? [String: Int])
      #expect(critics.isSubset(of: calls.keys), "\(calls)")
      // A critic is asked about each node and each of its four rollouts: nothing is asked for again and again.
      let nodes = try #require(object["nodes"] as? Int)
      #expect(calls.values.allSatisfy { $0 <= nodes * 5 }, "\(calls)")
      let findings = object["findings"] as? [[String: Any]] ?? []
      #expect((object["answer"] is String) != findings.contains { $0["kind"] as? String == "noAnswer" }, "\(findings)")
    }
  }
}
