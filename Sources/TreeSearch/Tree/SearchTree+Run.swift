import Foundation
import Vocabulary

/// What several events in a row do, without what one leaves on the agenda for the next.
extension SearchTree {
  /// Makes room for so many more nodes; not for a few, because exact room asked for again and again is copied each time.
  mutating func reserve(_ more: Int) {
    guard more >= nodes.count else { return }
    nodes.reserveCapacity(nodes.count + more)
    store.reserve(more)
    table.reserve(more)
  }

  /// `selected`, to widen `node`; then `asked`, but for the request, which the answer follows on the heels.
  @inline(__always)
  mutating func begin(at node: NodeID) {
    lastSelected = node
    if stopReason != nil { stopReason = nil }
    requestCount += 1
    eventCount += 2
  }

  /// `answered`, `added`, then `asked`: the only draw becomes a node, and its critics are asked.
  @inline(__always)
  mutating func join(
    _ options: [SearchOption], below parent: NodeID, _ terminal: TerminalKind?, _ answer: String?, usage: TokenUsage
  ) {
    receive(usage)
    draws += 1
    var row = DetailStore.Row()
    row.draws = 1
    row.isAskedForScores = true
    row.awaited = 1
    store.append(options, 0, row)
    var node = Node(parent: parent, depth: Int(nodes[parent.offset].depth) + 1)
    node.terminal = terminal
    if !options[0].logProbabilities.isEmpty, let mean = options[0].meanLogProbability {
      node.priorWeight = Float(exp(mean))
    }
    link(node)
    if answer != nil { store.extras[Int32(nodes.count - 1)] = .init(answer: answer) }
    if !store.extras.isEmpty { store.extras[parent.index]?.dryDraws = 0 }
    requestCount += 1
    eventCount += 3
  }

  /// `answered`, `evaluated`, then `backedUp`, of a node that was added just now; returns its reward.
  @inline(__always)
  mutating func finish(_ node: NodeID, _ scores: [CriticScore], usage: TokenUsage) -> Double {
    receive(usage)
    for at in scores.indices {
      store.add(scores, at, to: node.offset)
      criticCounts.add(1, to: scores[at].critic)
    }
    store[row: node.offset].awaited = 0
    let reward = reward(of: node)
    nodes[node.offset].marks.insert(.evaluated)
    nodes[node.offset].storedReward = reward
    nodes[node.offset].storedValue = (valueCritic >= 0 ? store.score(valueCritic, at: node.offset) : nil) ?? reward
    updateImportance(after: node)
    backUp(node, reward)
    eventCount += 3
    return reward
  }

  @inline(__always)
  private mutating func receive(_ usage: TokenUsage) {
    self.usage += usage
    if lastFailure != nil { lastFailure = nil }
  }
}
