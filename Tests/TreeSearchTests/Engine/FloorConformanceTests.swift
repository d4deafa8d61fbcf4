import Testing
import TreeSearchTesting
import Vocabulary

@testable import TreeSearch

/// The synthetic task of the reference task's C++ floor, run through the real engine, events and all.
///
/// key(root) = 1, key(child k of n) = mix(31·key(n) + k + 1), value(child) = ½ value(parent) + ½ unit(key(child)),
/// value(root) = ½; a node at the depth cap is terminal; the reward is the value. Options hold their child's number.
struct FloorConformanceTests {
  /// Nodes and root Q as the reference task's C++ floor prints them for `floor SIMULATIONS DEPTH`.
  @Test(arguments: [(2000, 24, 2001, 0.543320966), (2000, 6, 641, 0.774960409)])
  func sameNodesAndSameMean(_ simulations: Int, _ depth: Int, _ nodes: Int, _ rootMean: Double) throws {
    let header = try header([
      "merge.distance": "0", "rollout.count": "0", "depth.maximum": String(depth), "selection.exploration": "1",
      "width.tolerance": "0.1",
    ])
    var search = Search(header: header)
    var task = SyntheticTask()
    var (asked, events, all): ([Request], [SearchEvent], [SearchEvent]) = ([], [], [])
    repeat {
      search.ask(upTo: simulations, into: &asked)
      for request in asked { search.tell(request.id, task.answer(request, search.tree)) }
      search.takeEvents(into: &events)
      all += events
    } while !asked.isEmpty
    #expect(search.tree.simulations == simulations)
    #expect(search.tree.nodeCount == nodes)
    #expect(abs((search.tree[.root].meanValue ?? -1) - rootMean) < 1e-9)
    #expect(Invariants.check(search.tree).isEmpty)
    #expect(try SearchTree(header: header, events: all).differences(from: search.tree) == [])
  }
}

/// Keys and values of the nodes made so far, by node id.
private struct SyntheticTask {
  private var keys: [UInt64] = [1]
  private var values: [Double] = [0.5]
  private var children: [UInt64] = [0]

  mutating func answer(_ request: Request, _ tree: SearchTree) -> Answer {
    let node = request.node.offset
    guard case .propose = request.kind else {
      if node == keys.count { add(below: tree.nodes[node].parent.offset) }
      return Answer(.scores([CriticScore(critic: CriticName.value, score: values[node])]))
    }
    return Answer(.options([SearchOption("\(children[node])")]))
  }

  private mutating func add(below parent: Int) {
    let key = Self.mix(keys[parent] &* 31 &+ children[parent] &+ 1)
    children[parent] += 1
    keys.append(key)
    values.append(0.5 * values[parent] + 0.5 * (Double(Self.mix(key) >> 11) / 9_007_199_254_740_992))
    children.append(0)
  }

  private static func mix(_ key: UInt64) -> UInt64 {
    var random = SplitMix(seed: key)
    return random.next()
  }
}
