import TreeSearch

/// How a node came to be: what it was compared with, and which draws were too much like a sibling (state merge, AlphaLLM,
/// section 4.3.2).
public struct DrawReason: Codable, Hashable, Sendable {
  /// Where a node's option comes from.
  public enum Origin: String, Codable, Sendable {
    /// The policy drew it, and it is like no sibling.
    case drawn
    /// No draw passed: it is the least similar one.
    case leastSimilar
    /// A person wrote it.
    case person
    /// A person took it out of a group.
    case separated
    /// It is a line of a fast rollout.
    case rollout
    /// A person split an option or joined two: it stands for a part of what was there.
    case boundary
  }

  /// A draw that did not become a node of its own.
  public struct Draw: Codable, Hashable, Sendable {
    /// What it says.
    public let text: String
    /// Edit distance to the node that it is like, ≥ 0; nil where it was not measured.
    public let distance: Int?
  }

  /// The node.
  public let node: NodeID
  /// The number of the event that made it.
  public let event: Int
  /// Where its option comes from.
  public let origin: Origin
  /// Draws spent on it, itself included; 0 where it was not drawn.
  public let draws: Int
  /// The nearest sibling when it joined; nil for the first child, and where nothing was compared.
  public let nearest: NodeID?
  /// Edit distance to that sibling.
  public let distance: Int?
  /// The rule in force then, as `merge.rule` calls it; a person's wish for children is always under `resample`.
  public let rule: String
  /// The predicate in force then, as `merge.predicate` calls it.
  public let predicate: String
  /// The least edit distance, or the share from which two options are alike; nil for the predicates without one.
  public let threshold: Double?
  /// Draws for the same child that were rejected before, in order, as far as the journal is known.
  public let rejected: [Draw]
  /// Draws that joined the node's group since, those taken out again left out.
  public let members: [Draw]

  /// The reason in words.
  public var sentences: [String] {
    var lines = [beginning]
    if !rejected.isEmpty { lines.append("Rejected before it: \(Self.list(rejected)).") }
    if draws > 0, origin != .boundary { lines.append(comparison) }
    if !members.isEmpty { lines.append("\(Words.things(members.count, "draw")) joined it: \(Self.list(members)).") }
    return lines
  }

  private var beginning: String {
    let near = nearest.map { ", \(Words.things(distance ?? 0, "edit")) from its nearest sibling, node \($0)" } ?? ""
    return switch origin {
    case .drawn: "Node \(node) was drawn at event \(event), after \(Words.things(draws, "draw"))\(near)."
    case .leastSimilar:
      "Node \(node) joined at event \(event): the least similar of \(Words.things(draws, "draw")), none of which passed"
        + "\(near)."
    case .person: "Node \(node) was written by a person at event \(event)."
    case .separated: "Node \(node) was taken out of a group by a person at event \(event)."
    case .boundary: "Node \(node) stands here since event \(event), when a person moved the end of a step."
    case .rollout: "Node \(node) is a line of a fast rollout, since event \(event)."
    }
  }

  private var comparison: String {
    let bound = threshold.map { Words.number($0) } ?? ""
    let alike =
      switch predicate {
      case "edit": "with an edit distance below \(Int(threshold ?? 0))"
      case "tokens": "from a share of common words of \(bound)"
      case "commuted": "with the same equations, whatever the order of what is added or multiplied"
      case "model": "from a model's belief of \(bound)"
      default: "with the same equations"
      }
    return rule == "off" ? "Draws were not compared." : "Options were alike \(alike); rule \(rule)."
  }

  private static func list(_ draws: [Draw]) -> String {
    draws.map { draw in
      Words.quoted(Array(draw.text.utf8)) + (draw.distance.map { " (\(Words.things($0, "edit")))" } ?? "")
    }.joined(separator: ", ")
  }
}
