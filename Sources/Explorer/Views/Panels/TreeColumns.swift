import Canvas
import TreeInsight
import TreeSearch

/// The number columns of the tree panel, aligned at its right edge; narrow panels keep the first ones.
struct TreeColumns {
  /// What a column shows.
  enum Kind: Hashable {
    case visits, growth, q, bar
    case critic(String)
  }

  /// A column with its place.
  struct Column {
    let kind: Kind
    let title: String
    let x: Int
    let width: Int
  }

  /// The columns from left to right.
  let columns: [Column]
  /// Columns of the screen left of the first one.
  let textWidth: Int

  init(width: Int, critics: [CriticWeight]) {
    var wanted: [(kind: Kind, title: String, width: Int)] = [(.visits, "N", 5)]
    if width >= 100 { wanted.append((.growth, "growth", VisitCourse.mostMoments + 1)) }
    wanted.append((.q, "Q", 4))
    if width >= 40 { wanted.append((.bar, "", width >= 110 ? 8 : 4)) }
    for (name, title) in [(CriticName.value, "V"), (CriticName.prm, "PRM"), (CriticName.orm, "ORM")]
    where width >= 56 && critics.contains(where: { $0.name == name }) {
      wanted.append((.critic(name), title, 4))
    }
    let gap = width >= 80 ? 2 : 1
    var x = width - 1 - wanted.reduce(0) { $0 + $1.width + ($1.kind == .bar ? 1 : gap) }
    textWidth = max(0, x)
    var placed: [Column] = []
    for column in wanted {
      x += column.kind == .bar ? 1 : gap
      placed.append(Column(kind: column.kind, title: column.title, x: x, width: column.width))
      x += column.width
    }
    columns = placed
  }
}
