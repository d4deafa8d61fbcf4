/// Records that are something else than problems, known by their fields: what other programs and etascope itself write.
enum ForeignRecord {
  /// What a record with these fields is, and what to give instead; nil for one that may be a problem.
  static func words(_ members: [JSONScanner.Member]) -> String? {
    let names = Set(members.map(\.key))
    func has(_ all: String...) -> Bool { names.isSuperset(of: all) }
    func hasOne(_ some: String...) -> Bool { !names.isDisjoint(with: some) }
    if has("steps"), hasOne("ys", "infos", "new_ys") {
      return "a tree search's log by another program (Tree of Thoughts)"
    }
    if has("run", "header", "nodes") { return "a run that etascope exported" }
    if has("run", "problem", "simulations", "stopped") { return "results of etascope search" }
    if has("method", "budgetTokens", "accuracy") { return "results of etascope evaluate" }
    if has("architectures", "model_type") { return "a model's configuration; --model takes its folder" }
    if has("nodes", "edges") || has("root", "children") || has("children", "visits") { return "a tree, not problems" }
    // AlphaMath and rStar-Math keep a tree's nodes under their paths: "0", "0.1".
    let inner = Set((members.first?.value.members ?? []).map(\.key))
    return inner.isDisjoint(with: ["q_value", "visit_count"]) ? nil : "a tree, not problems"
  }
}
