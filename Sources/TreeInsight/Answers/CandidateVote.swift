import TreeSearch
import Vocabulary

/// The votes of finished trajectories for their answers, by value: what `majority`, `weightedVote` and `evidence` count.
///
/// Trajectories come, and what they weigh may change; where one is taken away the votes are counted anew.
struct CandidateVote: Sendable {
  /// A trajectory's place in the order of the tree, by which the first of equals wins.
  private struct Order: Comparable {
    let node: Int
    let rollout: Int

    static func < (a: Order, b: Order) -> Bool { (a.node, a.rollout) < (b.node, b.rollout) }
  }

  /// A group among the others, or a trajectory among those of its group: the greater weight, then the first.
  private struct Rank: Comparable {
    let weight: Double
    let first: Order

    static func < (a: Rank, b: Rank) -> Bool { a.weight == b.weight ? b.first < a.first : a.weight < b.weight }
  }

  /// The trajectories that give one answer.
  private struct Group {
    /// A sum of numbers that are exact in it (``VoteWeight``), so that a weight that changes leaves what was there before it.
    var weight = 0.0
    var first: Order
    var members = Tournament<Rank>()
    var places: [CandidatePlace] = []
  }

  /// What a trajectory has given.
  private struct Ballot {
    let group: Int
    let member: Int
    var weight: Double
  }

  private var names: AnswerGroups
  private var groups: [Group] = []
  private var standings = Tournament<Rank>()
  private var ballots: [CandidatePlace: Ballot] = [:]

  /// No votes yet; answers that name the same of `choices` are one.
  init(among choices: [String]?) { names = AnswerGroups(among: choices) }

  /// The best trajectory of the answer with the greatest weight. Complexity: O(1).
  var winner: CandidatePlace? {
    standings.winner.flatMap { group in groups[group].members.winner.map { groups[group].places[$0] } }
  }

  /// Counts a trajectory, or counts it anew, with what it weighs now. Complexity: O(log trajectories), and O(answers) for a new spelling.
  mutating func count(_ candidate: Candidate, weight: Double) {
    let place = CandidatePlace(node: candidate.node, rollout: candidate.rollout)
    let order = Order(node: place.node.offset, rollout: place.rollout ?? -1)
    var ballot = ballots[place] ?? newBallot(candidate.answer, place, order)
    groups[ballot.group].weight += weight - ballot.weight
    ballot.weight = weight
    ballots[place] = ballot
    groups[ballot.group].members.set(Rank(weight: candidate.score, first: order), at: ballot.member)
    let group = groups[ballot.group]
    standings.set(Rank(weight: group.weight, first: group.first), at: ballot.group)
  }

  private mutating func newBallot(_ answer: String, _ place: CandidatePlace, _ order: Order) -> Ballot {
    let group = names.index(of: answer)
    if group == groups.count { groups.append(Group(first: order)) }
    groups[group].first = min(groups[group].first, order)
    groups[group].places.append(place)
    return Ballot(group: group, member: groups[group].places.count - 1, weight: 0)
  }
}
